// SPDX-License-Identifier: Apache-2.0
/*
 * Writes down what the hooks see and what the kernel's helpers answer there. Attached around the
 * programs under test: the first ones record, the last ones tell that nothing came in between.
 */
#include "kernel.h"
#include "recorder.h"

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

/* A hook's programs begin to run; 0: nothing can be written down. */
inline_always struct event *begin(enum event_kind kind)
{
	struct log_state *state = the_state();
	struct event *event;

	if (!state)
		return 0;
	if (__sync_fetch_and_add(&state->open, 1))
		__sync_fetch_and_add(&state->nested, 1);
	event = next_event(state);
	if (event)
		event->kind = kind;
	return event;
}

inline_always int end(void)
{
	struct log_state *state = the_state();

	if (state)
		__sync_fetch_and_add(&state->open, -1);
	return 1;
}

inline_always int packet(struct __sk_buff *skb, enum event_kind kind)
{
	struct event *event = begin(kind);
	struct bpf_sock *sk = skb->sk;

	if (!event)
		return 1;
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

SEC("cgroup/sock_create")
int rec_create(struct bpf_sock *sk)
{
	struct event *event = begin(EVENT_CREATE);

	if (!event)
		return 1;
	event->uid = (__u32)bpf_get_current_uid_gid();
	event->netns = bpf_get_netns_cookie(sk);
	event->socket = bpf_get_socket_cookie(sk);
	event->family = sk->family;
	event->type = sk->type;
	event->ip_protocol = sk->protocol;
	return 1;
}

/* All but the address: each hook may read that of its family only. */
inline_always struct event *call(struct bpf_sock_addr *context, enum event_kind kind)
{
	struct event *event = begin(kind);

	if (!event)
		return 0;
	event->uid = (__u32)bpf_get_current_uid_gid();
	event->netns = bpf_get_netns_cookie(context);
	event->socket = bpf_get_socket_cookie(context);
	event->family = context->family;
	event->type = context->type;
	event->ip_protocol = context->protocol;
	event->port = context->user_port;
	event->ifindex = context->sk ? context->sk->bound_dev_if : 0;
	return event;
}

inline_always int call4(struct bpf_sock_addr *context, enum event_kind kind)
{
	struct event *event = call(context, kind);

	if (!event)
		return 1;
	event->length = 4;
	event->address[0] = context->user_ip4;
	return 1;
}

inline_always int call6(struct bpf_sock_addr *context, enum event_kind kind)
{
	struct event *event = call(context, kind);

	if (!event)
		return 1;
	event->length = 16;
	event->address[0] = context->user_ip6[0];
	event->address[1] = context->user_ip6[1];
	event->address[2] = context->user_ip6[2];
	event->address[3] = context->user_ip6[3];
	return 1;
}

SEC("cgroup/connect4")
int rec_connect4(struct bpf_sock_addr *context)
{
	return call4(context, EVENT_CONNECT);
}

SEC("cgroup/connect6")
int rec_connect6(struct bpf_sock_addr *context)
{
	return call6(context, EVENT_CONNECT);
}

SEC("cgroup/bind4")
int rec_bind4(struct bpf_sock_addr *context)
{
	return call4(context, EVENT_BIND);
}

SEC("cgroup/bind6")
int rec_bind6(struct bpf_sock_addr *context)
{
	return call6(context, EVENT_BIND);
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
int end_create(struct bpf_sock *sk)
{
	return end();
}

SEC("cgroup/connect4")
int end_connect4(struct bpf_sock_addr *context)
{
	return end();
}

SEC("cgroup/connect6")
int end_connect6(struct bpf_sock_addr *context)
{
	return end();
}

SEC("cgroup/bind4")
int end_bind4(struct bpf_sock_addr *context)
{
	return end();
}

SEC("cgroup/bind6")
int end_bind6(struct bpf_sock_addr *context)
{
	return end();
}

char LICENSE[] SEC("license") = "Apache-2.0";
