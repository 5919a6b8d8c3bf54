/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Packets on demand, one of so many, of one UID or of all. Off, a packet pays for it with one word that
 * is zero.
 */
#pragma once
#include "layout.h"
#include "segments.h"
#include "charge.h"

enum {
	WAKEUP_MARK = 0x80000000,   /* Android's: the packet woke the host */
	IPV4_FRAGMENT = 6,
	FRAGMENT_OFFSET = 0x1fff,

	NEXT_ICMP = 1,
	NEXT_DCCP = 33,
	NEXT_ICMPV6 = 58,
	NEXT_SCTP = 132,
	NEXT_UDPLITE = 136,
};

inline_always int has_ports(__u8 protocol)
{
	return protocol == NEXT_TCP || protocol == NEXT_UDP || protocol == NEXT_DCCP ||
	       protocol == NEXT_SCTP || protocol == NEXT_UDPLITE;
}

/* A later piece of a datagram has no header of its protocol. */
inline_always int is_later_fragment(struct __sk_buff *skb)
{
	__u16 fragment = 0;

	return !bpf_skb_load_bytes(skb, IPV4_FRAGMENT, &fragment, sizeof(fragment)) &&
	       (fragment & __builtin_bswap16(FRAGMENT_OFFSET));
}

/* What follows the IP header: ports, or type and code as Android stores them, in the low byte. */
inline_always void read_transport(struct __sk_buff *skb, __u32 header, struct trace *trace)
{
	__u16 ports[2] = {};

	if (has_ports(trace->protocol)) {
		bpf_skb_load_bytes(skb, header, ports, sizeof(ports));
		trace->source_port = ports[0];
		trace->target_port = ports[1];
	} else if (trace->protocol == NEXT_ICMP || trace->protocol == NEXT_ICMPV6) {
		bpf_skb_load_bytes(skb, header, ports, 2);
		trace->source_port = ports[0] << 8;
		trace->target_port = ports[0] & 0xff00;
	}
	if (trace->protocol == NEXT_TCP)
		bpf_skb_load_bytes(skb, header + TCP_FLAGS, &trace->tcp_flags, 1);
}

outlined int read_headers(struct __sk_buff *skb, struct trace *trace)
{
	int is_ipv6 = skb->protocol == ETH_P_IPV6_BE;
	__u8 protocol = 0;
	__u32 header = is_ipv6 ? ipv6_header(skb, &protocol) : ipv4_header(skb, &protocol);

	trace->version = is_ipv6 ? 6 : 4;
	trace->protocol = protocol;
	if (header && (is_ipv6 || !is_later_fragment(skb)))
		read_transport(skb, header, trace);
	return 0;
}

inline_always int is_sampled(struct control *control, __u32 owner)
{
	__u32 every = control->trace_every;

	if (control->trace_uid != UID_FOREIGN && control->trace_uid != owner)
		return 0;
	return every && __sync_fetch_and_add(&control->trace_seen, 1) % every == 0;
}

/* `owner` is the UID that rules judge. */
outlined int trace_packet(struct __sk_buff *skb, const struct judged *judged, __u32 owner,
			  const struct payer *payer, enum reason reason)
{
	struct control *control = judged->control;
	struct trace *trace;

	if (!is_sampled(control, owner))
		return 0;
	trace = bpf_ringbuf_reserve(&traces, sizeof(*trace), 0);
	if (!trace) {
		__sync_fetch_and_add(&control->lost_traces, 1);
		return 0;
	}
	*trace = (struct trace){
		.time = bpf_ktime_get_boot_ns(),
		.netns = judged->netns,
		.cookie = bpf_get_socket_cookie(skb),
		.ifindex = skb->ifindex,
		.length = skb->len,
		.uid = payer->uid,
		.owner = owner,
		.tag = payer->tag,
		.reason = reason,
		.direction = judged->direction,
		.wakeup = judged->direction == INGRESS && (skb->mark & WAKEUP_MARK),
	};
	read_headers(skb, trace);
	bpf_ringbuf_submit(trace, 0);
	return 0;
}
