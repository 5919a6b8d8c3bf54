/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How many packets and bytes the wire carries for one skb. An skb may stand for many segments (GSO on
 * the way out, GRO on the way in); every segment repeats the headers. Pure but for reading the packet.
 */
#pragma once
#include "kernel.h"

enum {
	IPV4_PROTOCOL = 9,          /* offsets in the headers */
	IPV6_NEXT_HEADER = 6,
	IPV6_HEADER = 40,
	TCP_DATA_OFFSET = 12,
	UDP_HEADER = 8,

	NEXT_HOP_BY_HOP = 0,
	NEXT_TCP = 6,
	NEXT_UDP = 17,
	NEXT_ROUTING = 43,
	NEXT_AUTHENTICATION = 51,
	NEXT_DESTINATION = 60,

	MAX_EXTENSIONS = 8,
};

struct segments {
	__u64 extra_packets;
	__u64 extra_bytes;
};

/* Length of the IPv4 header, its payload's protocol in *protocol; 0 if unreadable. */
inline_always __u32 ipv4_header(struct __sk_buff *skb, __u8 *protocol)
{
	__u8 version_ihl;

	if (bpf_skb_load_bytes(skb, 0, &version_ihl, 1) ||
	    bpf_skb_load_bytes(skb, IPV4_PROTOCOL, protocol, 1))
		return 0;
	return (version_ihl & 15) * 4;
}

/* Length of the IPv6 header with its extension headers; 0 if unreadable. */
inline_always __u32 ipv6_header(struct __sk_buff *skb, __u8 *protocol)
{
	__u32 offset = IPV6_HEADER;

	if (bpf_skb_load_bytes(skb, IPV6_NEXT_HEADER, protocol, 1))
		return 0;
	for (int i = 0; i < MAX_EXTENSIONS; i++) {
		__u8 extension[2]; /* next header, length */

		if (*protocol != NEXT_HOP_BY_HOP && *protocol != NEXT_ROUTING &&
		    *protocol != NEXT_DESTINATION && *protocol != NEXT_AUTHENTICATION)
			break;
		if (bpf_skb_load_bytes(skb, offset, extension, sizeof(extension)))
			return 0;
		/* RFC 8200: units of 8 beyond the first 8; RFC 4302: of 4 beyond the first 8 */
		offset += *protocol == NEXT_AUTHENTICATION ? (extension[1] + 2) * 4
							   : (extension[1] + 1) * 8;
		*protocol = extension[0];
	}
	return offset;
}

/* Bytes that every segment repeats: network header, extension headers, TCP with options or UDP. */
inline_always __u32 header_length(struct __sk_buff *skb)
{
	__u8 protocol = 0;
	__u8 data_offset;
	__u32 network = skb->protocol == ETH_P_IPV6_BE ? ipv6_header(skb, &protocol)
						       : ipv4_header(skb, &protocol);

	if (!network)
		return 0;
	if (protocol == NEXT_UDP)
		return network + UDP_HEADER;
	if (protocol != NEXT_TCP ||
	    bpf_skb_load_bytes(skb, network + TCP_DATA_OFFSET, &data_offset, 1))
		return network;
	return network + (data_offset >> 4) * 4;
}

/*
 * Counted by gso_size, as gso_segs may be 0 (virtio, tun). Out of line: small packets, most of all,
 * never come here.
 */
outlined int count_segments(struct __sk_buff *skb, struct segments *segments)
{
	__u32 header = header_length(skb);
	__u32 size = skb->gso_size;
	__u32 length = skb->len;

	if (!size || !header || length <= header)
		return 0;
	segments->extra_packets = (length - header + size - 1) / size - 1;
	segments->extra_bytes = segments->extra_packets * header;
	return 0;
}
