// SPDX-License-Identifier: Apache-2.0
/*
 * What a packet of an app pays on Android, in our own words: five hash look-ups (tag by socket cookie, rules
 * of the UID, counter set, counters by key, counters by UID), two configuration words, a look at the protocol
 * (some packets always pass), four atomic adds on memory that all processors share. Left out in its favour:
 * TCP flags, tracing, and the address check on the way in. For benchmarks only: it refuses nobody.
 */
#include "kernel.h"

enum {
	FIRST_APP = 10000,
	OVERFLOW_UID = 65534,
	MAX_PACKET = 1500,
	HEADERS = 20 + 20 + 12,
	IPV4_PROTOCOL = 9,          /* offsets from the network header */
	IPV6_PROTOCOL = 6,
	ESP = 50,
	ENABLED_RULES = 0,          /* keys of `configuration` */
	LIVE_MAP = 1,
	ENTRIES = 1 << 18,          /* more than there, so that nothing is left out of the count */
};

struct tag {
	__u32 uid;
	__u32 tag;
};

struct owner {
	__u32 allowed_ifindex;
	__u32 rules;
};

struct key {
	__u32 uid;
	__u32 tag;
	__u32 set;
	__u32 ifindex;
};

struct counters {
	__u64 rx_packets;
	__u64 rx_bytes;
	__u64 tx_packets;
	__u64 tx_bytes;
};

#define HASH(name, key_type, value_type)         \
	struct {                                 \
		__uint(type, BPF_MAP_TYPE_HASH); \
		__uint(max_entries, ENTRIES);    \
		__type(key, key_type);           \
		__type(value, value_type);       \
	} name SEC(".maps")

HASH(tags, __u64, struct tag);
HASH(owners, __u32, struct owner);
HASH(sets, __u32, __u32);
HASH(by_key, struct key, struct counters);
HASH(by_uid, __u32, struct counters);

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 2);
	__type(key, __u32);
	__type(value, __u32);
} configuration SEC(".maps");

inline_always __u32 configured(__u32 key)
{
	__u32 *value = bpf_map_lookup_elem(&configuration, &key);

	return value ? *value : 0;
}

inline_always int always_passes(struct __sk_buff *skb)
{
	int ipv6 = skb->protocol == ETH_P_IPV6_BE;
	__u8 protocol;

	return !bpf_skb_load_bytes(skb, ipv6 ? IPV6_PROTOCOL : IPV4_PROTOCOL, &protocol, 1) &&
	       protocol == ESP;
}

inline_always int is_blocked(struct __sk_buff *skb, __u32 uid)
{
	__u32 enabled = configured(ENABLED_RULES);
	struct owner *owner;

	if (uid < FIRST_APP || always_passes(skb))
		return 0;
	owner = bpf_map_lookup_elem(&owners, &uid);
	return owner && (owner->rules & enabled);
}

/* A large packet is taken for TCP segments of a usual size. */
inline_always void add(struct __sk_buff *skb, __u64 *packets, __u64 *bytes)
{
	__u64 count = 1, length = skb->len;

	if (length > MAX_PACKET) {
		__u64 payload = length - HEADERS;

		count = (payload + MAX_PACKET - HEADERS - 1) / (MAX_PACKET - HEADERS);
		length = HEADERS * count + payload;
	}
	__sync_fetch_and_add(packets, count);
	__sync_fetch_and_add(bytes, length);
}

#define COUNT(map, key, skb, egress)                                           \
	({                                                                     \
		struct counters *counters = bpf_map_lookup_elem(map, key);     \
		if (!counters) {                                               \
			struct counters none = {};                             \
			bpf_map_update_elem(map, key, &none, BPF_NOEXIST);     \
			counters = bpf_map_lookup_elem(map, key);              \
		}                                                              \
		if (counters && (egress))                                      \
			add(skb, &counters->tx_packets, &counters->tx_bytes);  \
		else if (counters)                                             \
			add(skb, &counters->rx_packets, &counters->rx_bytes);  \
	})

inline_always int account(struct __sk_buff *skb, int egress)
{
	__u32 owner = bpf_get_socket_uid(skb), uid;
	__u64 cookie = bpf_get_socket_cookie(skb);
	struct tag *tag = bpf_map_lookup_elem(&tags, &cookie);
	struct key key = { .ifindex = skb->ifindex };
	__u32 *set;

	if (owner == OVERFLOW_UID)
		owner = 0;
	uid = tag ? tag->uid : owner;
	key.uid = uid;
	key.tag = tag ? tag->tag : 0;
	if (is_blocked(skb, owner))
		return 0;
	set = bpf_map_lookup_elem(&sets, &uid);
	key.set = set ? *set : 0;
	if (!configured(LIVE_MAP))
		COUNT(&by_key, &key, skb, egress);
	COUNT(&by_uid, &uid, skb, egress);
	return 1;
}

SEC("cgroup_skb/ingress")
int ingress(struct __sk_buff *skb)
{
	return account(skb, 0);
}

SEC("cgroup_skb/egress")
int egress(struct __sk_buff *skb)
{
	return account(skb, 1);
}

char LICENSE[] SEC("license") = "Apache-2.0";
