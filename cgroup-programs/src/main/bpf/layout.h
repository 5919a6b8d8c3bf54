/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Everything that programs and user space share: constants, structs, maps. The Java side
 * (layout/Layouts.java) is generated from the BTF of these types, so a fact is written once, here.
 * Every struct is padded by hand and its size is checked.
 */
#pragma once
#include "kernel.h"

/* Raised whenever a struct or a map changes in a way that pinned maps cannot follow. */
enum layout {
	LAYOUT_VERSION = 3,
};

enum uid_constants {
	LOW_UIDS = 65536,           /* rows found by UID itself; larger UIDs go through uid_rows */
	UID_FOREIGN = 0xffffffff,   /* not a UID: a socket whose owner in the host is unknown */
	QUOTAS = 4096,              /* number 0 is none */
	QUOTAS_PER_UID = 2,
	QUOTAS_OF_ALL = 6,          /* that name no UID */
};

/* Which of a UID's counters a packet goes to. The first two are Android's. */
enum counter_set {
	SET_DEFAULT = 0,
	SET_FOREGROUND = 1,
	SET_OVERFLOW = 255,         /* the UID's own overflow slot: more slots than it may hold */
};

/*
 * Bits of uid_row.rules and control.enabled_chains, Android's match bits (netd.h). In uid_row: the UID is
 * on that list. A UID that is exempt from a list is put on the allowlist or kept off the denylist by the
 * daemon, so programs know no exemptions.
 */
enum chain_bit {
	CHAIN_METERED_ALLOW = 1 << 0,
	CHAIN_METERED_DENY_USER = 1 << 1,
	CHAIN_DOZABLE = 1 << 2,
	CHAIN_STANDBY = 1 << 3,
	CHAIN_POWERSAVE = 1 << 4,
	CHAIN_RESTRICTED = 1 << 5,
	CHAIN_LOW_POWER_STANDBY = 1 << 6,
	CHAIN_OEM_DENY_1 = 1 << 9,
	CHAIN_OEM_DENY_2 = 1 << 10,
	CHAIN_OEM_DENY_3 = 1 << 11,
	CHAIN_BACKGROUND = 1 << 12,
	CHAIN_METERED_DENY_ADMIN = 1 << 13,
};

/* Judged by the network that a packet uses; the rest hold on every network. "Enabled": there is a metered
 * network, and for METERED_ALLOW data saver is on. */
#define METERED_LISTS (CHAIN_METERED_ALLOW | CHAIN_METERED_DENY_USER | CHAIN_METERED_DENY_ADMIN)
#define DENYLISTS                                                                                  \
	(CHAIN_METERED_DENY_USER | CHAIN_METERED_DENY_ADMIN | CHAIN_STANDBY | CHAIN_OEM_DENY_1 |   \
	 CHAIN_OEM_DENY_2 | CHAIN_OEM_DENY_3)
#define ALLOWLISTS                                                                                 \
	(CHAIN_METERED_ALLOW | CHAIN_DOZABLE | CHAIN_POWERSAVE | CHAIN_RESTRICTED |                \
	 CHAIN_LOW_POWER_STANDBY | CHAIN_BACKGROUND)

/*
 * Why something is refused: the number of the chain's bit, or of Android's match bit where there is no
 * chain, or ours from 16 on; custom chain n is CUSTOM + n. In the order in which they are looked at.
 */
enum reason {
	REASON_INTERFACE_RULE = 7,
	REASON_LOCKDOWN_VPN = 8,
	REASON_INGRESS_DISCARD = 16,
	REASON_LOCAL_NETWORK = 17,
	REASON_NO_INTERNET_PERMISSION = 18,
	REASON_BLOCKED_PORT = 19,
	REASON_QUOTA_EXCEEDED = 20,
	REASON_CUSTOM = 32,
	REASON_NONE = 255,
};

/* uid_row.flags */
enum uid_flags {
	UID_INTERFACE_RULE = 1 << 0, /* packets may come in through allowed_ifindex only; 0: any */
	UID_LOCKDOWN = 1 << 1,       /* nothing but VPNs */
	UID_NO_LOCAL_NETWORK = 1 << 2,
	UID_NO_INTERNET = 1 << 3,    /* may not make sockets */
	UID_QUOTAS = 1 << 4,         /* quotas has numbers */
};

/* uid_row.accounting */
enum accounting {
	ACCOUNTS_TAGS = 1 << 0,        /* owns sockets that were tagged: socket_tags is asked */
	ACCOUNTS_TRANSLATION = 1 << 1, /* what it sends was counted before it was translated */
	ACCOUNTS_DNS = 1 << 2,         /* what is charged to it with TAG_SYSTEM_DNS is the owner's */
};

enum tags {
	TAG_NONE = 0,
	TAG_SYSTEM_DNS = 0xffffff82, /* Android's TrafficStatsConstants */
};

/* control.switches */
enum switches {
	SWITCH_INGRESS_DISCARD = 1 << 0, /* ingress_discard has entries */
	SWITCH_BLOCKED_PORTS = 1 << 1,   /* blocked_ports has bits */
	SWITCH_QUOTAS = 1 << 2,          /* quotas_of_all has numbers */
};

enum direction {
	INGRESS = 0,
	EGRESS = 1,
	CREATE = 2,                      /* a socket, not a packet, was refused */
	CONNECT = 3,
	BIND = 4,
};

/*
 * Life of a slot: UNUSED -> LIVE -> RETIRED -> FREE -> LIVE ... Programs make it LIVE, the daemon
 * the rest. Packets are added to a LIVE slot only.
 */
enum slot_state {
	SLOT_UNUSED = 0,
	SLOT_LIVE = 1,
	SLOT_RETIRED = 2,           /* out of slot_index, its counters being stored */
	SLOT_FREE = 3,              /* zeroed, on free_slots */
};

/* What one slot counts. */
struct slot_id {
	enum uid_constants uid;     /* any UID, or UID_FOREIGN */
	__u32 tag;
	enum counter_set set;
	__u32 ifindex;
	__u64 netns;                /* network-namespace cookie, the host's where the kernel cannot tell */
};
_Static_assert(sizeof(struct slot_id) == 24, "hash key without padding");

struct slot_key {
	struct slot_id id;
	enum slot_state state;
	__u32 reserved;
};
_Static_assert(sizeof(struct slot_key) == 32, "two to a cache line");

/* One direction of one slot on one CPU. Wire = what the medium carried; less `extra` = what the
 * stack handed to or took from the device in one piece (GSO, GRO): the device's view. */
struct traffic {
	__u64 bytes;                /* from the network header on */
	__u64 packets;
	__u64 extra_bytes;          /* headers that segmentation repeated; part of bytes */
	__u64 extra_packets;        /* segments beyond the first; part of packets */
};

struct slot {
	struct traffic rx;
	struct traffic tx;
};
_Static_assert(sizeof(struct slot) == 64, "a cache line of its own");

struct uid_row {
	/* Written by the daemon only, each word by one aligned store. */
	enum chain_bit rules;
	__u32 custom;               /* bit n: on custom chain n */
	enum counter_set set;
	enum uid_flags flags;
	__u32 allowed_ifindex;      /* of the host's namespace */
	__u32 quotas[QUOTAS_PER_UID]; /* numbers of those that name the UID */
	/* Written by programs. */
	enum uid_constants uid;     /* whose row it is; set in rows from LOW_UIDS on */
	__u32 routes[4];            /* slot numbers, hints only */
	__u32 live_slots;           /* programs add, the daemon subtracts, both atomically */
	/* Written by the daemon. */
	enum accounting accounting;
	__u32 generation;           /* of the UID: tags that charge an earlier one are void */
	__u32 reserved;
};
_Static_assert(sizeof(struct uid_row) == 64, "a cache line of its own");

struct control {
	/* Written by the daemon before the first attach. */
	enum layout layout_version;
	__u32 slots;                /* of one CPU, slot 0 included */
	__u32 cpus;                 /* highest possible CPU + 1 */
	__u32 uid_rows;             /* LOW_UIDS included */
	__u64 epoch[2];             /* random, never 0: names this set of counters */
	__u64 host_netns;           /* cookie of the daemon's network namespace */
	__u64 attached_at;          /* CLOCK_REALTIME in ns when counting began */
	/* Written by the daemon at any time. */
	enum chain_bit enabled_chains;
	enum switches switches;
	__u8 object_hash[32];       /* SHA-256 of the object whose programs are attached */
	__u32 enabled_custom;       /* bit n: custom chain n */
	__u32 custom_allowlists;    /* bit n: custom chain n is an allowlist, else a denylist */
	__u32 trace_every;          /* n: trace one of n packets; 0: none */
	__u32 trace_uid;            /* only packets of sockets of this UID; UID_FOREIGN: of all */
	__u32 quotas_of_all[QUOTAS_OF_ALL];
	/* Written by programs. */
	__u32 foreign;              /* 1 once a socket was made in a namespace not known as the host's */
	__u32 next_slot;            /* slots handed out for the first time */
	__u32 next_row;             /* rows handed out for the first time, beyond LOW_UIDS */
	__u32 reserved2;
	__u64 uid_overflows;        /* packets counted in an overflow slot of their UID */
	__u64 slot_overflows;       /* packets counted in slot 0 */
	__u64 uncounted_drops;      /* refusals that found no room in drops */
	__u64 lost_events;          /* events that found no room in events */
	__u64 trace_seen;           /* packets that sampling has looked at */
	__u64 lost_traces;          /* packets that found no room in traces */
};
_Static_assert(sizeof(struct control) == 192, "three cache lines");
_Static_assert(__builtin_offsetof(struct control, foreign) == 128, "programs write the last line");

/* Facts about a network namespace, by cookie. */
enum namespace_flags {
	NAMESPACE_HOST_USERS = 1,   /* owned by the initial user namespace: its UIDs are the host's */
};

struct network_id {
	__u64 netns;
	__u32 ifindex;
	__u32 reserved;
};

enum network_flags {
	NETWORK_METERED = 1 << 0,
	NETWORK_ROAMING = 1 << 1,
	NETWORK_VPN = 1 << 2,
	NETWORK_TUNNEL = 1 << 3,    /* programs meet its packets once more, in those below */
};

/*
 * So many bytes of certain traffic. `used` only grows, so that nothing is lost when the limit is
 * written; the limit moves on with each cycle.
 */
struct quota {
	/* Written by programs. */
	__u64 used;                 /* wire bytes, both ways, since the maps were made */
	/* Written by the daemon. */
	__u64 limit;                /* packets pass while `used` is below it */
	__u64 netns;                /* of ifindex */
	__u32 ifindex;              /* only traffic of this interface; 0: of any but loopback */
	enum network_flags flags;   /* only traffic of networks with all of these flags */
};
_Static_assert(sizeof(struct quota) == 32, "two to a cache line");

struct drop_id {
	enum uid_constants uid;
	__u16 reason;               /* enum reason */
	__u16 direction;            /* enum direction */
};
_Static_assert(sizeof(struct drop_id) == 8, "hash key without padding");

struct drop {
	__u64 packets;              /* or sockets, by direction */
	__u64 bytes;
	__u64 told;                 /* CLOCK_BOOTTIME in ns of the last event */
};

/* The first refusal of a UID, reason and direction in a second. */
struct event {
	__u64 time;                 /* CLOCK_BOOTTIME in ns */
	__u64 netns;
	__u64 cookie;               /* of the socket */
	enum uid_constants uid;
	__u16 reason;
	__u16 direction;
	__u32 ifindex;
	__u32 length;
	__u8 network[40];           /* IP header without options and extensions; zero for sockets */
	__u8 ports[4];              /* what follows it: source and destination port of TCP and UDP */
	__u16 protocol;             /* EtherType, network order; 0 for sockets */
	__u16 reserved;
};
_Static_assert(sizeof(struct event) == 88, "the reader's");

/* A packet that was traced: Android's fields (netd.h, PacketTrace), whose it is, and what became of it. */
struct trace {
	__u64 time;                 /* CLOCK_BOOTTIME in ns */
	__u64 netns;
	__u64 cookie;               /* of the socket */
	__u32 ifindex;
	__u32 length;               /* from the network header on; many segments may be one packet here */
	__u32 uid;                  /* charged */
	__u32 owner;                /* of the socket */
	__u32 tag;
	__u16 source_port;          /* network order; 0 where there is none, the type of an ICMP message */
	__u16 target_port;          /* the same; the code of an ICMP message */
	__u16 reason;               /* enum reason: why it was dropped; REASON_NONE: it passed */
	__u8 direction;             /* enum direction */
	__u8 version;               /* 4 or 6 */
	__u8 protocol;              /* of IP, after extension headers */
	__u8 tcp_flags;
	__u8 wakeup;                /* 1: woke the host (ingress with WAKEUP_MARK) */
	__u8 reserved;
};
_Static_assert(sizeof(struct trace) == 56, "the reader's");

/* IPv6; IPv4 as ::ffff:a.b.c.d */
struct address {
	__u32 words[4];
};

/* Where packets to an address may come from. */
struct interfaces {
	__u32 ifindex[2];
};

struct prefix {
	__u32 length;               /* bits */
	struct address address;
};

/* Replaced whole by the daemon, so nothing of the programs' lives in it. */
struct socket_tag {
	__u32 tag;
	__u32 uid;                  /* whom its traffic is charged to */
	__u32 generation;           /* of that UID when it was tagged */
	__u32 reserved;
};

struct socket_owner {
	__u32 uid;                  /* of the initial user namespace */
};

/* Set by the loader before the load, constant for the verifier. Map sizes below that a loader
 * changes (slots, slot_keys, uids, ...) follow these. */
const volatile struct {
	__u32 slots;
	__u32 slots_per_uid;
	__u32 uid_rows;
	__u32 netns_cookie;         /* 1: packet programs may ask for the namespace cookie */
} limits = {
	.slots = 1024,
	.slots_per_uid = 512,
	.uid_rows = LOW_UIDS + 1024,
	.netns_cookie = 1,
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct control);
} control SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, LOW_UIDS + 1024);
	__type(key, __u32);
	__type(value, struct uid_row);
} uids SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, __u32);
} uid_rows SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_STACK);
	__uint(max_entries, 1024);
	__type(value, __u32);
} free_rows SEC(".maps");

/* CPU by CPU: index = cpu * limits.slots + slot. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, struct slot);
} slots SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, struct slot_key);
} slot_keys SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 1024);
	__type(key, struct slot_id);
	__type(value, __u32);
} slot_index SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_STACK);
	__uint(max_entries, 1024);
	__type(value, __u32);
} free_slots SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 4096);
	__type(key, __u64);
	__type(value, enum namespace_flags);
} namespaces SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 4096);
	__type(key, struct network_id);
	__type(value, enum network_flags);
} networks SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, QUOTAS);
	__type(key, __u32);
	__type(value, struct quota);
} quotas SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 16384);
	__type(key, struct drop_id);
	__type(value, struct drop);
} drops SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 256 * 1024);
} events SEC(".maps");

/* Packets on demand, apart from events: a flood of them loses no refusal. */
struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 512 * 1024);
} traces SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 1024);
	__type(key, struct address);
	__type(value, struct interfaces);
} ingress_discard SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 1024);
	__type(key, struct prefix);
	__type(value, __u32);
} local_networks SEC(".maps");

/* Bit n of word w: port 64 w + n. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, __u64);
} blocked_ports SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_SK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC | BPF_F_CLONE);
	__type(key, __u32);
	__type(value, struct socket_owner);
} socket_owner SEC(".maps");

/* Only of sockets that were tagged; not inherited by accepted ones (Android), gone with the socket. */
struct {
	__uint(type, BPF_MAP_TYPE_SK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, __u32);
	__type(value, struct socket_tag);
} socket_tags SEC(".maps");
