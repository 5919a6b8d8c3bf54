/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether something may pass, and if not, why. The common path asks may_block() only: one expression
 * over the UID's row and two words of control. What it lets through is through; what it does not is
 * judged here, once more and exactly, as some rules depend on the network or the packet.
 */
#pragma once
#include "layout.h"
#include "segments.h"

enum {
	LOOPBACK = 1,               /* ifindex, in every network namespace */

	IPV4_SOURCE = 12,
	IPV4_TARGET = 16,
	IPV6_SOURCE = 8,
	IPV6_TARGET = 24,
	IPV4_HEADER = 20,

	NEXT_ESP = 50,
	TCP_FLAGS = 13,
	TCP_FIN = 1 << 0,
	TCP_SYN = 1 << 1,
	TCP_RST = 1 << 2,
	TCP_ACK = 1 << 4,

	SOCK_STREAM = 1,
	SOCK_RAW = 3,
	AF_INET = 2,
	AF_INET6 = 10,
	IPPROTO_MPTCP = 262,
};

/* Set in an enabled denylist, or not set in an enabled allowlist: the bits that block. */
inline_always __u32 blocking(__u32 listed, __u32 enabled, __u32 allowlists)
{
	return enabled & (listed ^ allowlists);
}

inline_always __u32 blocking_custom(struct uid_row *row, struct control *control)
{
	return blocking(row ? row->custom : 0, control->enabled_custom, control->custom_allowlists);
}

/* Zero: nothing blocks. Else: ask judge(). */
inline_always __u32 may_block(struct uid_row *row, struct control *control)
{
	return blocking(row ? row->rules : 0, control->enabled_chains, ALLOWLISTS) |
	       blocking_custom(row, control) | (row ? row->flags : 0) | control->switches;
}

/* The lowest bit that is set; there is one. */
inline_always int lowest_bit(__u32 bits)
{
	int n = 0;

	for (int step = 16; step; step >>= 1) {
		if (!(bits & ((1u << step) - 1))) {
			bits >>= step;
			n += step;
		}
	}
	return n;
}

/* What the chains say that hold on every network; on loopback background does not (Android 15). */
inline_always enum reason chain_reason(struct control *control, struct uid_row *row, int loopback)
{
	__u32 enabled = control->enabled_chains & (DENYLISTS | ALLOWLISTS) & ~METERED_LISTS;
	__u32 bits = blocking(row ? row->rules : 0, loopback ? enabled & ~CHAIN_BACKGROUND : enabled,
			      ALLOWLISTS);

	if (bits)
		return lowest_bit(bits);
	bits = blocking_custom(row, control);
	return bits ? REASON_CUSTOM + lowest_bit(bits) : REASON_NONE;
}

/* Penalty before happy before data saver. `lists` are those that block. */
inline_always enum reason metered_reason(__u32 lists)
{
	if (lists & CHAIN_METERED_DENY_ADMIN)
		return lowest_bit(CHAIN_METERED_DENY_ADMIN);
	return lists ? lowest_bit(lists & CHAIN_METERED_DENY_USER ? CHAIN_METERED_DENY_USER : lists)
		     : REASON_NONE;
}

inline_always __u32 flags_of_network(__u32 ifindex, __u64 netns)
{
	struct network_id id = { .netns = netns, .ifindex = ifindex };
	enum network_flags *flags = bpf_map_lookup_elem(&networks, &id);

	return flags ? *flags : 0;
}

/* What the network that is used says; not asked on loopback. */
inline_always enum reason network_reason(struct control *control, struct uid_row *row, __u32 ifindex,
				 __u64 netns, enum direction direction)
{
	__u32 rules = row ? row->rules : 0;
	__u32 uid_flags = row ? row->flags : 0;
	__u32 metered = blocking(rules, control->enabled_chains & METERED_LISTS, ALLOWLISTS);
	__u32 allowed = row ? row->allowed_ifindex : 0;
	__u32 flags;

	if (!metered && !(uid_flags & (UID_INTERFACE_RULE | UID_LOCKDOWN)))
		return REASON_NONE;
	flags = flags_of_network(ifindex, netns);
	if (metered && (flags & NETWORK_METERED))
		return metered_reason(metered);
	/* An interface rule, even one for any interface, comes before lockdown on the way in. */
	if ((uid_flags & UID_INTERFACE_RULE) && direction == INGRESS)
		return allowed && ifindex != allowed && netns == control->host_netns
			       ? REASON_INTERFACE_RULE
			       : REASON_NONE;
	if ((uid_flags & UID_LOCKDOWN) && !(flags & NETWORK_VPN) &&
	    !(allowed && ifindex == allowed && netns == control->host_netns))
		return REASON_LOCKDOWN_VPN;
	return REASON_NONE;
}

/* One end of a packet; false if unreadable. */
inline_always int read_address(struct __sk_buff *skb, int target, struct address *address)
{
	if (skb->protocol == ETH_P_IPV6_BE)
		return !bpf_skb_load_bytes(skb, target ? IPV6_TARGET : IPV6_SOURCE, address,
					   sizeof(*address));
	address->words[0] = 0;
	address->words[1] = 0;
	address->words[2] = __builtin_bswap32(0xffff);
	return !bpf_skb_load_bytes(skb, target ? IPV4_TARGET : IPV4_SOURCE, &address->words[3], 4);
}

/* The address belongs to other interfaces than the one it came in through. */
inline_always int is_discarded(struct __sk_buff *skb)
{
	struct address address = {};
	struct interfaces *allowed;

	if (!read_address(skb, 1, &address))
		return 0;
	allowed = bpf_map_lookup_elem(&ingress_discard, &address);
	return allowed && skb->ifindex != allowed->ifindex[0] &&
	       skb->ifindex != allowed->ifindex[1];
}

inline_always int is_local(const struct address *address)
{
	struct prefix prefix = { .length = 128, .address = *address };
	__u32 *local = bpf_map_lookup_elem(&local_networks, &prefix);

	return local && *local;
}

inline_always int is_with_local_network(struct __sk_buff *skb, enum direction direction)
{
	struct address remote = {};

	return read_address(skb, direction == EGRESS, &remote) && is_local(&remote);
}

inline_always int is_of_raw_socket(struct __sk_buff *skb)
{
	struct bpf_sock *sk = skb->sk;

	sk = sk ? bpf_sk_fullsock(sk) : 0;
	return sk && sk->type == SOCK_RAW;
}

/* The flags if it is TCP, else 0. As on Android the fixed IPv6 header alone is looked at. */
inline_always __u8 tcp_flags(struct __sk_buff *skb, __u8 *protocol)
{
	__u8 flags = 0;
	__u32 network = IPV6_HEADER;

	if (skb->protocol == ETH_P_IPV6_BE) {
		if (bpf_skb_load_bytes(skb, IPV6_NEXT_HEADER, protocol, 1))
			return 0;
	} else {
		network = ipv4_header(skb, protocol);
	}
	if (*protocol != NEXT_TCP || bpf_skb_load_bytes(skb, network + TCP_FLAGS, &flags, 1))
		return 0;
	return flags;
}

/*
 * Packets that pass whatever the rules say, so that connections can end: resets, the other side's FIN,
 * and ESP, which is judged inside.
 */
inline_always int always_passes(struct __sk_buff *skb, enum direction direction)
{
	__u8 protocol = 0;
	__u8 flags = tcp_flags(skb, &protocol);

	if (protocol == NEXT_ESP)
		return direction == INGRESS || is_of_raw_socket(skb);
	return (flags & TCP_RST) || (direction == INGRESS && (flags & TCP_FIN));
}

/* What a packet is judged by. */
struct judged {
	struct control *control;
	struct uid_row *row;        /* 0: on no list */
	__u64 netns;
	__u64 direction;
};

/* Why a packet is dropped; REASON_NONE: it is not. */
outlined int judge(struct __sk_buff *skb, const struct judged *judged)
{
	struct control *control = judged->control;
	struct uid_row *row = judged->row;
	enum direction direction = judged->direction;
	int loopback = skb->ifindex == LOOPBACK;
	enum reason reason = chain_reason(control, row, loopback);

	if (reason == REASON_NONE && !loopback)
		reason = network_reason(control, row, skb->ifindex, judged->netns, direction);
	if (reason == REASON_NONE && !loopback && direction == INGRESS &&
	    (control->switches & SWITCH_INGRESS_DISCARD) && is_discarded(skb))
		reason = REASON_INGRESS_DISCARD;
	if (reason == REASON_NONE && !loopback && row && (row->flags & UID_NO_LOCAL_NETWORK) &&
	    is_with_local_network(skb, direction))
		reason = REASON_LOCAL_NETWORK;
	return reason != REASON_NONE && always_passes(skb, direction) ? REASON_NONE : reason;
}
