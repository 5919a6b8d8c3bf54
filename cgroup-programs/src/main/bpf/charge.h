/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whom a packet is charged to, where that is not simply the owner of its socket: sockets with tags, and
 * Android's two exceptions (netd.c, bpf_traffic_account). Rules always judge the owner.
 */
#pragma once
#include "layout.h"
#include "rules.h"
#include "slots.h"

struct payer {
	struct uid_row *row;        /* 0: none left */
	__u32 uid;
	enum tags tag;
	__u32 is_dns;               /* what a resolver asks for the socket's owner */
	__u32 is_translation;
};

/* False: no rule, no tag and no trace concerns the packet. */
inline_always int is_special(struct uid_row *row, struct control *control)
{
	return (may_block(row, control) | (row ? row->accounting : 0) | control->trace_every) != 0;
}

inline_always struct socket_tag *tag_of(struct __sk_buff *skb)
{
	struct bpf_sock *sk = skb->sk;

	sk = sk ? bpf_sk_fullsock(sk) : 0;
	return sk ? bpf_sk_storage_get(&socket_tags, sk, 0, 0) : 0;
}

inline_always void apply_tag(const struct judged *judged, const struct socket_tag *tag,
			     struct payer *payer)
{
	struct uid_row *row = tag->uid == payer->uid ? judged->row : row_of(judged->control, tag->uid);

	if (row && row->generation != tag->generation)
		return; /* that UID was removed */
	payer->tag = tag->tag;
	payer->is_dns = row && tag->tag == TAG_SYSTEM_DNS && (row->accounting & ACCOUNTS_DNS);
	if (payer->is_dns)
		return;
	payer->uid = tag->uid;
	payer->row = row;
}

outlined int find_payer(struct __sk_buff *skb, const struct judged *judged, struct payer *payer)
{
	struct socket_tag *tag = tag_of(skb);

	if (tag)
		apply_tag(judged, tag, payer);
	payer->is_translation = payer->row && (payer->row->accounting & ACCOUNTS_TRANSLATION);
	return 0;
}

/* Answers of a resolver reach the UID that asked although its packets may come in elsewhere only. */
inline_always int is_lifted_for_dns(const struct judged *judged, const struct payer *payer,
				    enum reason reason)
{
	return payer->is_dns && judged->direction == INGRESS &&
	       (reason == REASON_INTERFACE_RULE || reason == REASON_LOCKDOWN_VPN);
}
