// SPDX-License-Identifier: Apache-2.0
/*
 * Per-UID accounting and firewall on the cgroup hooks. A packet's common path: one row (by UID), one
 * route in it, one key compare, one slot of this CPU, two atomic adds.
 */
#include "layout.h"
#include "segments.h"
#include "slots.h"
#include "rules.h"
#include "drops.h"
#include "charge.h"
#include "quotas.h"
#include "trace.h"

enum verdict {
	DROP = 0,
	PASS = 1,
};

inline_always struct control *the_control(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&control, &zero);
}

inline_always int is_host_namespace(struct control *control, __u64 netns)
{
	enum namespace_flags *flags;

	if (netns == control->host_netns)
		return 1;
	flags = bpf_map_lookup_elem(&namespaces, &netns);
	return flags && (*flags & NAMESPACE_HOST_USERS);
}

/*
 * Where the kernel cannot name the namespace of a packet, it is taken for the host's: rules of networks
 * name interfaces of the host.
 */
inline_always __u64 namespace_of(struct control *control, void *context)
{
	return limits.netns_cookie ? bpf_get_netns_cookie(context) : control->host_netns;
}

/*
 * The socket's UID helper answers in the user namespace that owns the network namespace. Where that is
 * not the host's, only what the create hook recorded tells the real UID. Where the kernel cannot name
 * the namespace of a packet, a record is believed and its absence means the host.
 */
outlined __u32 recorded_uid(struct __sk_buff *skb, __u32 uid)
{
	struct bpf_sock *sk = skb->sk;
	struct socket_owner *owner = 0;

	sk = sk ? bpf_sk_fullsock(sk) : 0;
	if (sk)
		owner = bpf_sk_storage_get(&socket_owner, sk, 0, 0);
	if (owner)
		return owner->uid;
	return limits.netns_cookie ? UID_FOREIGN : uid;
}

inline_always __u32 uid_of(struct __sk_buff *skb, struct control *control, __u64 netns)
{
	__u32 uid = bpf_get_socket_uid(skb);

	if (likely(!control->foreign))
		return uid;
	if (limits.netns_cookie && is_host_namespace(control, netns))
		return uid;
	return recorded_uid(skb, uid);
}

inline_always __u32 slot_of(struct __sk_buff *skb, struct control *control,
			    const struct payer *payer, __u64 netns)
{
	struct uid_row *row = payer->row;
	struct slot_id id = {
		.uid = payer->uid,
		.tag = payer->tag,
		.set = row->set,
		.ifindex = skb->ifindex,
		.netns = netns,
	};
	/* The cookie spreads containers, whose interfaces all have the same index. */
	__u32 *route = &row->routes[(id.ifindex ^ (__u32)netns ^ id.tag) & 3];
	__u32 slot = *route;
	struct slot_key *key = key_of(slot);

	if (likely(key && is_live(key, &id)))
		return slot;
	slot = find_slot(control, row, &id);
	*route = slot;
	return slot;
}

/* Atomic, though the slot is this CPU's own: ingress in softirq interrupts egress. */
inline_always void add(struct traffic *traffic, struct __sk_buff *skb)
{
	struct segments segments = {};

	if (unlikely(skb->gso_size))
		count_segments(skb, &segments);
	__sync_fetch_and_add(&traffic->bytes, skb->len + segments.extra_bytes);
	__sync_fetch_and_add(&traffic->packets, 1 + segments.extra_packets);
	if (unlikely(segments.extra_packets)) {
		__sync_fetch_and_add(&traffic->extra_bytes, segments.extra_bytes);
		__sync_fetch_and_add(&traffic->extra_packets, segments.extra_packets);
	}
}

inline_always void count(struct __sk_buff *skb, __u32 slot, enum direction direction)
{
	__u32 index = bpf_get_smp_processor_id() * limits.slots + slot;
	struct slot *counters = bpf_map_lookup_elem(&slots, &index);

	if (likely(counters))
		add(direction == EGRESS ? &counters->tx : &counters->rx, skb);
}

/* Charged to a UID; one that got no row, and so no slot, shares slot 0. */
inline_always void charge(struct __sk_buff *skb, struct control *control, const struct payer *payer,
			  __u64 netns, enum direction direction)
{
	if (unlikely(!payer->row))
		__sync_fetch_and_add(&control->slot_overflows, 1);
	count(skb, payer->row ? slot_of(skb, control, payer, netns) : 0, direction);
}

/*
 * A packet that a rule, a tag or a trace may concern. Dropped egress is not usage: it never reached the
 * wire. Dropped ingress did.
 */
outlined int special_packet(struct __sk_buff *skb, const struct judged *judged, __u32 uid)
{
	struct control *control = judged->control;
	struct payer payer = { .uid = uid, .row = judged->row };
	enum reason reason = may_block(judged->row, control) ? judge(skb, judged) : REASON_NONE;
	int limited;

	reason = forgotten(skb, reason);
	if (judged->row && judged->row->accounting)
		find_payer(skb, judged, &payer);
	if (is_lifted_for_dns(judged, &payer, reason))
		reason = REASON_NONE;
	limited = has_quotas(skb, judged, &payer);
	if (limited && reason == REASON_NONE && is_over_quota(skb, judged, &payer) &&
	    !always_passes(skb, judged->direction))
		reason = REASON_QUOTA_EXCEEDED;
	if (reason != REASON_NONE)
		refuse_packet(skb, judged, uid, reason);
	if (control->trace_every)
		trace_packet(skb, judged, uid, &payer, reason);
	if (judged->direction == EGRESS && (reason != REASON_NONE || payer.is_translation))
		return reason == REASON_NONE ? PASS : DROP;
	if (limited)
		use_quotas(skb, judged, &payer);
	charge(skb, control, &payer, judged->netns, judged->direction);
	return reason == REASON_NONE ? PASS : DROP;
}

inline_always int packet(struct __sk_buff *skb, enum direction direction)
{
	struct control *control = the_control();
	struct payer owner = {};
	__u64 netns;

	if (unlikely(!control))
		return PASS;
	netns = namespace_of(control, skb);
	owner.uid = uid_of(skb, control, netns);
	owner.row = row_of(control, owner.uid);
	if (unlikely(is_special(owner.row, control))) {
		struct judged judged = {
			.control = control, .row = owner.row, .netns = netns, .direction = direction,
		};

		return special_packet(skb, &judged, owner.uid);
	}
	charge(skb, control, &owner, netns, direction);
	return PASS;
}

SEC("cgroup_skb/ingress")
int uidnet_ingress(struct __sk_buff *skb)
{
	return packet(skb, INGRESS);
}

SEC("cgroup_skb/egress")
int uidnet_egress(struct __sk_buff *skb)
{
	return packet(skb, EGRESS);
}

/* Who calls, and what is known of them. */
inline_always struct uid_row *row_of_caller(struct control *control, __u32 *uid)
{
	*uid = (__u32)bpf_get_current_uid_gid();
	return row_of(control, *uid);
}

/* Remembers the real UID of a socket made where the packet hooks could not tell it. */
inline_always void remember_owner(struct control *control, struct bpf_sock *sk, __u32 uid)
{
	struct socket_owner *owner;

	if (is_host_namespace(control, bpf_get_netns_cookie(sk)))
		return;
	owner = bpf_sk_storage_get(&socket_owner, sk, 0, BPF_SK_STORAGE_GET_F_CREATE);
	if (owner)
		owner->uid = uid;
	control->foreign = 1;
}

SEC("cgroup/sock_create")
int uidnet_create(struct bpf_sock *sk)
{
	struct control *control = the_control();
	__u32 uid = (__u32)bpf_get_current_uid_gid();
	struct uid_row *row;

	if (!control)
		return PASS;
	row = row_of(control, uid);
	if (row && (row->flags & UID_NO_INTERNET)) {
		refuse_call(control, uid, REASON_NO_INTERNET_PERMISSION, CREATE);
		return DROP;
	}
	remember_owner(control, sk, uid);
	return PASS;
}

inline_always int is_loopback4(__u32 address)
{
	return (address & __builtin_bswap32(0xff000000)) == __builtin_bswap32(0x7f000000);
}

/* ::1, or 127.0.0.0/8 mapped. */
inline_always int is_loopback6(const struct address *address)
{
	const __u32 *words = address->words;

	if (words[0] || words[1])
		return 0;
	return words[2] == __builtin_bswap32(0xffff) ? is_loopback4(words[3])
						     : !words[2] && words[3] == __builtin_bswap32(1);
}

/*
 * Refuses a TCP connect that no packet of which would pass, so that the call fails at once instead of
 * waiting for answers. Judges the caller, by what holds on every network that the packets may take:
 * the device that the socket is bound to, loopback, or any. UDP sockets may be connected: their packets
 * are refused with an error of their own.
 */
inline_always int connect(struct bpf_sock_addr *context, const struct address *remote, int loopback)
{
	struct control *control = the_control();
	struct uid_row *row;
	__u32 device;
	__u32 uid;
	enum reason reason;

	if (!control || context->type != SOCK_STREAM ||
	    (context->protocol != NEXT_TCP && context->protocol != IPPROTO_MPTCP))
		return PASS;
	row = row_of_caller(control, &uid);
	if (likely(!may_block(row, control)))
		return PASS;
	reason = chain_reason(control, row, loopback);
	device = context->sk ? context->sk->bound_dev_if : 0;
	if (reason == REASON_NONE && !loopback && device)
		reason = network_reason(control, row, device, namespace_of(control, context), EGRESS);
	if (reason == REASON_NONE && !loopback && row && (row->flags & UID_NO_LOCAL_NETWORK) &&
	    is_local(remote))
		reason = REASON_LOCAL_NETWORK;
	if (reason == REASON_NONE)
		return PASS;
	refuse_call(control, uid, reason, CONNECT);
	return DROP;
}

SEC("cgroup/connect4")
int uidnet_connect4(struct bpf_sock_addr *context)
{
	struct address remote = {
		.words = { 0, 0, __builtin_bswap32(0xffff), context->user_ip4 },
	};

	return connect(context, &remote, is_loopback4(remote.words[3]));
}

SEC("cgroup/connect6")
int uidnet_connect6(struct bpf_sock_addr *context)
{
	struct address remote = {
		.words = { context->user_ip6[0], context->user_ip6[1], context->user_ip6[2],
			   context->user_ip6[3] },
	};

	return connect(context, &remote, is_loopback6(&remote));
}

/* Whoever it is: blocked ports are for nobody. */
inline_always int bind(struct bpf_sock_addr *context)
{
	__u32 port = __builtin_bswap16((__u16)context->user_port);
	__u32 word = port >> 6;
	struct control *control = the_control();
	__u64 *ports;

	if (!control || likely(!(control->switches & SWITCH_BLOCKED_PORTS)) || !port ||
	    context->type == SOCK_RAW)
		return PASS;
	ports = bpf_map_lookup_elem(&blocked_ports, &word);
	if (!ports || !(*ports >> (port & 63) & 1))
		return PASS;
	refuse_call(control, (__u32)bpf_get_current_uid_gid(), REASON_BLOCKED_PORT, BIND);
	return DROP;
}

SEC("cgroup/bind4")
int uidnet_bind4(struct bpf_sock_addr *context)
{
	return bind(context);
}

SEC("cgroup/bind6")
int uidnet_bind6(struct bpf_sock_addr *context)
{
	return bind(context);
}

/* No helper that we call is reserved to GPL programs. */
char LICENSE[] SEC("license") = "Apache-2.0";
