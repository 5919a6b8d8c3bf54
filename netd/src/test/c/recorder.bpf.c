// SPDX-License-Identifier: Apache-2.0
/*
 * Writes down what the hooks see and what the kernel's helpers answer there. Attached around the
 * programs under test: the first ones record, the last ones tell that nothing came in between.
 */
#include "kernel.h"
#include "recorder.h"

static __u64 (*bpf_get_socket_cookie)(void *context) = (void *)46;

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct log_state);
} log_state SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, EVENTS);
	__type(key, __u32);
	__type(value, struct event);
} events SEC(".maps");

inline_always struct log_state *the_state(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&log_state, &zero);
}

inline_always struct event *next_event(struct log_state *state)
{
	__u32 index = __sync_fetch_and_add(&state->next, 1);

	return bpf_map_lookup_elem(&events, &index);
}

/* The helper takes constant lengths gladly; the last bytes of a short packet come one by one. */
inline_always void copy_head(struct __sk_buff *skb, struct event *event)
{
	if (!bpf_skb_load_bytes(skb, 0, event->head, HEAD))
		return;
	for (__u32 i = 0; i < HEAD; i++)
		if (bpf_skb_load_bytes(skb, i, &event->head[i], 1))
			return;
}

inline_always int packet(struct __sk_buff *skb, enum event_kind kind)
{
	struct log_state *state = the_state();
	struct bpf_sock *sk = skb->sk;
	struct event *event;

	if (!state)
		return 1;
	if (__sync_fetch_and_add(&state->open, 1))
		__sync_fetch_and_add(&state->nested, 1);
	event = next_event(state);
	if (!event)
		return 1;
	event->kind = kind;
	event->length = skb->len;
	event->protocol = skb->protocol;
	event->ifindex = skb->ifindex;
	event->gso_size = skb->gso_size;
	event->gso_segs = skb->gso_segs;
	event->uid = bpf_get_socket_uid(skb);
	event->netns = bpf_get_netns_cookie(skb);
	event->socket = bpf_get_socket_cookie(skb);
	sk = sk ? bpf_sk_fullsock(sk) : 0;
	event->full = sk != 0;
	copy_head(skb, event);
	return 1;
}

inline_always int end(void)
{
	struct log_state *state = the_state();

	if (state)
		__sync_fetch_and_add(&state->open, -1);
	return 1;
}

SEC("cgroup_skb/ingress")
int rec_ingress(struct __sk_buff *skb)
{
	return packet(skb, EVENT_INGRESS);
}

SEC("cgroup_skb/egress")
int rec_egress(struct __sk_buff *skb)
{
	return packet(skb, EVENT_EGRESS);
}

SEC("cgroup_skb/ingress")
int end_ingress(struct __sk_buff *skb)
{
	return end();
}

SEC("cgroup_skb/egress")
int end_egress(struct __sk_buff *skb)
{
	return end();
}

SEC("cgroup/sock_create")
int rec_create(struct bpf_sock *sk)
{
	struct log_state *state = the_state();
	struct event *event = state ? next_event(state) : 0;

	if (!event)
		return 1;
	event->kind = EVENT_CREATE;
	event->uid = (__u32)bpf_get_current_uid_gid();
	event->netns = bpf_get_netns_cookie(sk);
	event->socket = bpf_get_socket_cookie(sk);
	event->family = sk->family;
	event->type = sk->type;
	event->ip_protocol = sk->protocol;
	return 1;
}

char LICENSE[] SEC("license") = "Apache-2.0";
