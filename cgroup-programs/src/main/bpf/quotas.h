/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Limits to the packet: a quota counts what is charged to the UIDs that it is for, on the networks that
 * it is for, and nothing more of that passes once it is used up. CPUs that look at the same time may
 * each let one packet more through.
 */
#pragma once
#include "layout.h"
#include "rules.h"
#include "segments.h"
#include "charge.h"

inline_always struct quota *quota_of(const struct judged *judged, const struct payer *payer, int n)
{
	__u32 number = 0;

	if (n >= QUOTAS_PER_UID)
		number = judged->control->quotas_of_all[n - QUOTAS_PER_UID];
	else if (payer->row)
		number = payer->row->quotas[n];
	return number ? bpf_map_lookup_elem(&quotas, &number) : 0;
}

inline_always int is_on_network(struct __sk_buff *skb, const struct judged *judged,
				const struct quota *quota)
{
	if (quota->ifindex && (quota->ifindex != skb->ifindex || quota->netns != judged->netns))
		return 0;
	return !quota->flags ||
	       (flags_of_network(skb->ifindex, judged->netns) & quota->flags) == quota->flags;
}

/* Whether a quota for this packet is used up. Root uses quotas of all and is never stopped by one. */
outlined int is_over_quota(struct __sk_buff *skb, const struct judged *judged,
			   const struct payer *payer)
{
	if (!payer->uid)
		return 0;
	for (int n = 0; n < QUOTAS_PER_UID + QUOTAS_OF_ALL; n++) {
		struct quota *quota = quota_of(judged, payer, n);

		if (quota && quota->used >= quota->limit && is_on_network(skb, judged, quota))
			return 1;
	}
	return 0;
}

/*
 * Whether a quota of all UIDs on any network meets the packet once more, below: it is stopped as any,
 * but used there alone. Of the quotas of its UID it is the only packet, unless the UID is the VPN's own.
 */
inline_always int is_used_below(struct __sk_buff *skb, const struct judged *judged,
				const struct quota *quota, int n)
{
	return n >= QUOTAS_PER_UID && !quota->ifindex &&
	       (flags_of_network(skb->ifindex, judged->netns) & NETWORK_TUNNEL);
}

/* Takes what the wire carries for the packet off its quotas. */
outlined int use_quotas(struct __sk_buff *skb, const struct judged *judged, const struct payer *payer)
{
	struct segments segments = {};

	if (skb->gso_size)
		count_segments(skb, &segments);
	for (int n = 0; n < QUOTAS_PER_UID + QUOTAS_OF_ALL; n++) {
		struct quota *quota = quota_of(judged, payer, n);

		if (quota && is_on_network(skb, judged, quota) &&
		    !is_used_below(skb, judged, quota, n))
			__sync_fetch_and_add(&quota->used, skb->len + segments.extra_bytes);
	}
	return 0;
}

inline_always int has_quotas(struct __sk_buff *skb, const struct judged *judged,
			     const struct payer *payer)
{
	if (skb->ifindex == LOOPBACK)
		return 0;
	return (judged->control->switches & SWITCH_QUOTAS) ||
	       (payer->row && (payer->row->flags & UID_QUOTAS));
}
