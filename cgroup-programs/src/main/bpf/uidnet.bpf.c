// SPDX-License-Identifier: Apache-2.0
/*
 * Per-UID accounting and firewall on the cgroup hooks. A packet's common path: one row (by UID), one
 * route in it, one key compare, one slot of this CPU, two atomic adds.
 */
#include "layout.h"
#include "segments.h"
#include "slots.h"

enum verdict {
	DROP = 0,
	PASS = 1,
};

enum direction {
	INGRESS,
	EGRESS,
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

inline_always struct uid_row *row_of(struct control *control, __u32 uid)
{
	__u32 number = uid < LOW_UIDS ? uid : find_row(control, uid);

	if (unlikely(!number && uid))
		return 0;
	return bpf_map_lookup_elem(&uids, &number);
}

/* Set in an enabled denylist, or not set in an enabled allowlist. */
inline_always int is_blocked(__u32 rules, __u32 enabled)
{
	return (enabled & (DENYLISTS | ALLOWLISTS) & (rules ^ ALLOWLISTS)) != 0;
}

inline_always __u32 slot_of(struct __sk_buff *skb, struct control *control, struct uid_row *row,
			    __u32 uid, __u64 netns)
{
	struct slot_id id = {
		.uid = uid,
		.set = row->set,
		.ifindex = skb->ifindex,
		.netns = netns,
	};
	/* The cookie spreads containers, whose interfaces all have the same index. */
	__u32 *route = &row->routes[(id.ifindex ^ (__u32)netns) & 3];
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

/* Dropped egress is not usage: it never reached the wire. Dropped ingress did. */
inline_always int packet(struct __sk_buff *skb, enum direction direction)
{
	struct control *control = the_control();
	__u64 netns = limits.netns_cookie ? bpf_get_netns_cookie(skb) : 0;
	struct uid_row *row;
	enum verdict verdict;
	__u32 uid;

	if (unlikely(!control))
		return PASS;
	uid = uid_of(skb, control, netns);
	row = row_of(control, uid);
	verdict = is_blocked(row ? row->rules : 0, control->enabled_chains) ? DROP : PASS;
	if (direction == EGRESS && verdict == DROP)
		return DROP;
	if (unlikely(!row))
		__sync_fetch_and_add(&control->slot_overflows, 1);
	count(skb, row ? slot_of(skb, control, row, uid, netns) : 0, direction);
	return verdict;
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

/* Remembers the real UID of a socket made where the packet hooks could not tell it. */
SEC("cgroup/sock_create")
int uidnet_create(struct bpf_sock *sk)
{
	struct control *control = the_control();
	struct socket_owner *owner;

	if (!control || is_host_namespace(control, bpf_get_netns_cookie(sk)))
		return PASS;
	owner = bpf_sk_storage_get(&socket_owner, sk, 0, BPF_SK_STORAGE_GET_F_CREATE);
	if (owner)
		owner->uid = (__u32)bpf_get_current_uid_gid();
	control->foreign = 1;
	return PASS;
}

/* No helper that we call is reserved to GPL programs. */
char LICENSE[] SEC("license") = "Apache-2.0";
