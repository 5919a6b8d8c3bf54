/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What we use of the kernel's stable BPF interface, declared here so that the object builds with
 * clang alone and gives the same bytes on every machine. Numbers are ABI (linux/bpf.h).
 */
#pragma once

typedef unsigned char __u8;
typedef unsigned short __u16;
typedef unsigned int __u32;
typedef unsigned long long __u64;

#define SEC(name) __attribute__((section(name), used))
#define inline_always static inline __attribute__((always_inline))
#define outlined static __attribute__((noinline))
#define likely(condition) __builtin_expect(!!(condition), 1)
#define unlikely(condition) __builtin_expect(!!(condition), 0)

/* Map definitions in BTF form: the number is carried as an array length, the type as a pointer. */
#define __uint(name, value) int(*name)[value]
#define __type(name, value) typeof(value) *name

enum {
	BPF_MAP_TYPE_HASH = 1,
	BPF_MAP_TYPE_ARRAY = 2,
	BPF_MAP_TYPE_LPM_TRIE = 11,
	BPF_MAP_TYPE_STACK = 23,
	BPF_MAP_TYPE_SK_STORAGE = 24,
	BPF_MAP_TYPE_RINGBUF = 27,
};

enum {
	BPF_NOEXIST = 1,           /* update: fail if the key is there */
	BPF_F_NO_PREALLOC = 1,     /* create: allocate elements on use */
	BPF_F_CLONE = 1 << 9,      /* create: accepted sockets inherit the listener's value */
	BPF_F_MMAPABLE = 1 << 10,  /* create: user space may map the values */
	BPF_SK_STORAGE_GET_F_CREATE = 1,
};

struct bpf_sock {
	__u32 bound_dev_if;
	__u32 family;
	__u32 type;
	__u32 protocol;
};

/* Context of the connect and bind hooks: what the caller asks for. */
struct bpf_sock_addr {
	__u32 user_family;
	__u32 user_ip4;    /* network order, like the other addresses and the port */
	__u32 user_ip6[4];
	__u32 user_port;
	__u32 family;
	__u32 type;
	__u32 protocol;
	__u32 msg_src_ip4;
	__u32 msg_src_ip6[4];
	struct bpf_sock *sk __attribute__((aligned(8)));
};

_Static_assert(__builtin_offsetof(struct bpf_sock_addr, sk) == 64, "ABI");

/* Context of a packet program; the verifier rewrites each access by its offset. */
struct __sk_buff {
	__u32 len;         /* from the network header on */
	__u32 unused1;
	__u32 mark;
	__u32 unused2;
	__u32 protocol;    /* EtherType, network order */
	__u32 unused3[5];
	__u32 ifindex;
	__u32 unused4[30];
	__u32 gso_segs;    /* may be 0 on virtio and tun: not used */
	struct bpf_sock *sk;
	__u32 gso_size;    /* payload bytes of one segment, 0: not segmented */
};

_Static_assert(__builtin_offsetof(struct __sk_buff, mark) == 8, "ABI");
_Static_assert(__builtin_offsetof(struct __sk_buff, protocol) == 16, "ABI");
_Static_assert(__builtin_offsetof(struct __sk_buff, ifindex) == 40, "ABI");
_Static_assert(__builtin_offsetof(struct __sk_buff, gso_segs) == 164, "ABI");
_Static_assert(__builtin_offsetof(struct __sk_buff, sk) == 168, "ABI");
_Static_assert(__builtin_offsetof(struct __sk_buff, gso_size) == 176, "ABI");

/* Helpers by number. */
static void *(*bpf_map_lookup_elem)(void *map, const void *key) = (void *)1;
static long (*bpf_map_update_elem)(void *map, const void *key, const void *value,
				   __u64 flags) = (void *)2;
static __u32 (*bpf_get_smp_processor_id)(void) = (void *)8;
static __u64 (*bpf_get_current_uid_gid)(void) = (void *)15;
static long (*bpf_skb_load_bytes)(const void *skb, __u32 offset, void *to,
				  __u32 length) = (void *)26;
static __u64 (*bpf_get_socket_cookie)(void *context) = (void *)46;
static __u32 (*bpf_get_socket_uid)(struct __sk_buff *skb) = (void *)47;
static long (*bpf_map_push_elem)(void *map, const void *value, __u64 flags) = (void *)87;
static long (*bpf_map_pop_elem)(void *map, void *value) = (void *)88;
static struct bpf_sock *(*bpf_sk_fullsock)(struct bpf_sock *sk) = (void *)95;
static void *(*bpf_sk_storage_get)(void *map, void *sk, void *value, __u64 flags) = (void *)107;
static __u64 (*bpf_get_netns_cookie)(void *context) = (void *)122;
static __u64 (*bpf_ktime_get_boot_ns)(void) = (void *)125;
static void *(*bpf_ringbuf_reserve)(void *ringbuf, __u64 size, __u64 flags) = (void *)131;
static void (*bpf_ringbuf_submit)(void *data, __u64 flags) = (void *)132;

/*
 * The same number, of which the verifier knows nothing any more: else it follows what comes after once
 * for each value that it may have (a million instructions instead of some ten thousand).
 */
inline_always __u32 forgotten(const struct __sk_buff *skb, __u64 number)
{
	__u64 unknown = skb->len;

	asm volatile("%0 += %1\n\t%0 -= %1" : "+r"(number) : "r"(unknown));
	return number;
}

#define ETH_P_IP_BE __builtin_bswap16(0x0800)
#define ETH_P_IPV6_BE __builtin_bswap16(0x86DD)
