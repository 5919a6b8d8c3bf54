// SPDX-License-Identifier: Apache-2.0
/*
 * What a packet pays for IPAccounting= of a systemd unit, in our own words: two look-ups in an array and two
 * atomic adds, whoever owns the socket. For benchmarks only.
 */
#include "kernel.h"

enum {
	PACKETS = 0,                /* keys of the maps */
	BYTES = 1,
};

#define ACCOUNTING(name)                          \
	struct {                                  \
		__uint(type, BPF_MAP_TYPE_ARRAY); \
		__uint(max_entries, 2);           \
		__type(key, __u32);               \
		__type(value, __u64);             \
	} name SEC(".maps")

ACCOUNTING(received);
ACCOUNTING(sent);

inline_always void add(void *map, __u32 key, __u64 amount)
{
	__u64 *value = bpf_map_lookup_elem(map, &key);

	if (value)
		__sync_fetch_and_add(value, amount);
}

inline_always int account(struct __sk_buff *skb, void *map)
{
	add(map, PACKETS, 1);
	add(map, BYTES, skb->len);
	return 1;
}

SEC("cgroup_skb/ingress")
int ingress(struct __sk_buff *skb)
{
	return account(skb, &received);
}

SEC("cgroup_skb/egress")
int egress(struct __sk_buff *skb)
{
	return account(skb, &sent);
}

char LICENSE[] SEC("license") = "Apache-2.0";
