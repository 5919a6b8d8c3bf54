// SPDX-License-Identifier: Apache-2.0
/* What a packet pays for a program on its hooks, whatever the program does. For benchmarks only. */
#include "kernel.h"

SEC("cgroup_skb/ingress")
int ingress(struct __sk_buff *skb)
{
	return 1;
}

SEC("cgroup_skb/egress")
int egress(struct __sk_buff *skb)
{
	return 1;
}

char LICENSE[] SEC("license") = "Apache-2.0";
