/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What was refused: counted always, told once a second; the beginning of a connection up to a hundred
 * times, since the daemon cuts each that it is told of, so that its program need not wait.
 */
#pragma once
#include "layout.h"
#include "rules.h"

#define SECOND 1000000000ull
#define SYN_PAUSE (SECOND / 100)

inline_always struct drop *drop_of(const struct drop_id *id)
{
	struct drop *known = bpf_map_lookup_elem(&drops, id);
	struct drop none = {};

	if (known)
		return known;
	bpf_map_update_elem(&drops, id, &none, BPF_NOEXIST);
	return bpf_map_lookup_elem(&drops, id);
}

/* Counts; answers the time if this is the first after the pause, else 0. Two CPUs may both tell: harmless. */
inline_always __u64 count_drop(struct control *control, const struct drop_id *id, __u32 bytes,
			       __u64 pause)
{
	struct drop *drop = drop_of(id);
	__u64 now = bpf_ktime_get_boot_ns();

	if (!drop) {
		__sync_fetch_and_add(&control->uncounted_drops, 1);
		return 0;
	}
	__sync_fetch_and_add(&drop->packets, 1);
	__sync_fetch_and_add(&drop->bytes, bytes);
	if (drop->told && now - drop->told < pause)
		return 0;
	drop->told = now;
	return now;
}

inline_always struct event *event_of(struct control *control, const struct drop_id *id, __u64 now)
{
	struct event *event = bpf_ringbuf_reserve(&events, sizeof(struct event), 0);

	if (!event) {
		__sync_fetch_and_add(&control->lost_events, 1);
		return 0;
	}
	*event = (struct event){
		.time = now,
		.uid = id->uid,
		.reason = id->reason,
		.direction = id->direction,
	};
	return event;
}

/* The headers that name a connection, as far as they can be read. */
outlined int describe_packet(struct __sk_buff *skb, struct event *event)
{
	__u8 protocol = 0;
	__u32 header = IPV6_HEADER;

	event->protocol = skb->protocol;
	if (skb->protocol == ETH_P_IPV6_BE) {
		bpf_skb_load_bytes(skb, 0, event->network, IPV6_HEADER);
	} else {
		bpf_skb_load_bytes(skb, 0, event->network, IPV4_HEADER);
		header = ipv4_header(skb, &protocol);
	}
	bpf_skb_load_bytes(skb, header, event->ports, sizeof(event->ports));
	return 0;
}

inline_always int opens_connection(struct __sk_buff *skb)
{
	__u8 protocol = 0;

	return (tcp_flags(skb, &protocol) & (TCP_SYN | TCP_ACK)) == TCP_SYN;
}

outlined int refuse_packet(struct __sk_buff *skb, const struct judged *judged, __u32 uid,
			   enum reason reason)
{
	struct drop_id id = { .uid = uid, .reason = reason, .direction = judged->direction };
	__u64 pause = opens_connection(skb) ? SYN_PAUSE : SECOND;
	__u64 now = count_drop(judged->control, &id, skb->len, pause);
	struct event *event = now ? event_of(judged->control, &id, now) : 0;

	if (!event)
		return 0;
	event->netns = judged->netns;
	event->cookie = bpf_get_socket_cookie(skb);
	event->ifindex = skb->ifindex;
	event->length = skb->len;
	describe_packet(skb, event);
	bpf_ringbuf_submit(event, 0);
	return 0;
}

/* A call of a socket was refused. */
outlined int refuse_call(struct control *control, __u32 uid, enum reason reason,
			 enum direction call)
{
	struct drop_id id = { .uid = uid, .reason = reason, .direction = call };
	__u64 now = count_drop(control, &id, 0, SECOND);
	struct event *event = now ? event_of(control, &id, now) : 0;

	if (event)
		bpf_ringbuf_submit(event, 0);
	return 0;
}
