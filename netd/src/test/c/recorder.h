/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One log in total order, written by hooks (recorder.bpf.c) and by the process that makes the traffic
 * (sockets.c), both on one CPU. Java (Event) reads it by these offsets.
 */
#pragma once

enum event_kind {
	EVENT_INGRESS = 1,
	EVENT_EGRESS = 2,
	EVENT_CREATE = 3,
	EVENT_CONNECT = 4,
	EVENT_BIND = 5,
	EVENT_BEGIN = 6,               /* of an operation */
	EVENT_END = 7,
};

enum {
	EVENTS = 65536,
	HEAD = 128,
};

struct event {
	unsigned int kind;
	unsigned int length;           /* of the packet, or of the address of a call */
	unsigned int protocol;         /* network order */
	unsigned int ifindex;          /* of a call: that the socket is bound to */
	unsigned int gso_size;
	unsigned int gso_segs;
	unsigned int uid;              /* as the helper of the hook says: of owner or caller */
	unsigned int full;             /* the packet has a full socket */
	unsigned long long netns;
	unsigned long long socket;     /* cookie */
	unsigned int family;
	unsigned int type;
	unsigned int ip_protocol;
	unsigned int operation;
	long long result;
	unsigned int address[4];       /* of a call, network order */
	unsigned int port;             /* of a call, network order */
	unsigned char unused[36];
	unsigned char head[HEAD];      /* from the network header on */
};
_Static_assert(sizeof(struct event) == 256, "read by Java");

struct log_state {
	unsigned int next;             /* events written, or that should have been */
	unsigned int open;             /* hooks between their first program and their last */
	unsigned int nested;           /* one ran while another was open: no order between the two */
	unsigned int unused;
};
