// SPDX-License-Identifier: Apache-2.0
/*
 * Makes known traffic for the kernel tests and benchmarks: as any UID, in any cgroup and network
 * namespace, TCP or UDP, with an exact number of payload bytes. One program, so that a test client
 * that changes its UID needs nothing from anybody's home.
 *
 *   traffic [--cgroup DIR] [--netns PATH] [--unshare] [--uid N] [--pause MICROSECONDS] COMMAND ...
 *
 *   tcp-serve ADDRESS PORT                        accept once, read to the end, print the bytes
 *   tcp-send ADDRESS PORT BYTES                   connect, write, wait for the other side's close
 *   udp-serve ADDRESS PORT DATAGRAMS [SIZE]       read and acknowledge, print the bytes; with SIZE:
 *                                                 UDP_GRO, takes many datagrams of SIZE at once
 *   udp-send ADDRESS PORT SIZE DATAGRAMS [gso]    gso: UDP_SEGMENT, some 60 KB a call
 *   udp-blast ADDRESS PORT SIZE DATAGRAMS         as fast as it can, nobody answers
 *   udp-pairs PAIRS DATAGRAMS [held]              64-byte payloads over PAIRS connected socket pairs;
 *                                                 held: ready, then wait for a line before the first
 *   udp-bursts PAIRS UID COUNT [ADDRESS]          the same pairs; its lines are numbers of datagrams to
 *                                                 send now: print the nanoseconds that they took. Each is
 *                                                 of the next of COUNT UIDs; with ADDRESS every second one
 *                                                 goes there instead
 *   uid-pairs SIZE SECONDS UID COUNT              a pair for each of COUNT UIDs, one datagram over
 *                                                 each in a round; print the rounds
 *   udp-uids ADDRESS PORT SIZE ROUNDS UID COUNT   one datagram a round from each of COUNT UIDs
 *   udp-asked                                     one pair of sockets at a time; its lines are
 *                                                 open SENDER RECEIVER: of two UIDs, print descriptors
 *                                                 send SIZE: print whether it arrived, was lost, refused
 *                                                 close
 *   join ADDRESS PORT DATAGRAMS                   read that many datagrams of a multicast group
 *   raw-listen PROTOCOL SECONDS                   hold a raw socket that gets copies
 *   tunnel INTERFACE UID ADDRESS PORT             a VPN of that UID: what INTERFACE (a tun) is given goes to
 *                                                 ADDRESS, UDP in clear, from the same port, and back
 *   cookie                                        print the network namespace's number
 *   http SOCKET METHOD TARGET [BODY]              ask a server on a Unix socket; print status and body
 *   tag-sockets SOCKET COUNT BATCH TAG            make sockets, pass each to tag.sock to be tagged, and
 *                                                 close them; BATCH are open at a time
 *   sockets                                       one call a line on sockets that have names, each by
 *                                                 a UID; see below
 *
 * Lines of `sockets`: CALL NAME UID ARGUMENTS. Each gives one line: ok, a number, "waiting" if a wait
 * ended without anything, or the name of an error. Nothing blocks longer than the wait that it names.
 *   open NAME UID tcp|udp|mptcp|unix|icmp 4|6     make a socket; icmp: one that pings
 *   options NAME UID                              IPv6 destination options in what it sends
 *   device NAME UID INTERFACE                     bind it to a device
 *   bind NAME UID ADDRESS PORT                    (PORT 0: any)
 *   port NAME UID                                 print its port
 *   cookie NAME UID                               print the kernel's number of it
 *   descriptor NAME UID                           print its descriptor
 *   listen NAME UID
 *   accept NAME UID NEW MILLISECONDS
 *   connect NAME UID ADDRESS PORT MILLISECONDS
 *   send NAME UID BYTES
 *   sendto NAME UID BYTES ADDRESS PORT
 *   await-refusal NAME UID BYTES ADDRESS PORT MICROSECONDS
 *                                 sends, with such pauses, until EPERM: its CLOCK_MONOTONIC in ns
 *   ping NAME UID BYTES ADDRESS                   send an echo request, header included
 *   receive NAME UID MILLISECONDS                 print the bytes; ok: the other side has ended
 *   finish NAME UID                               no more to send: FIN
 *   reset NAME UID                                close with RST
 *   close NAME UID
 *
 * A line "ready" on standard output says that a serving command is listening. Every wait ends by
 * itself after 60 seconds. --pause makes tcp-send and udp-send wait so long after each 64 KB or 32
 * datagrams.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <net/if.h>
#include <linux/if_tun.h>
#include <poll.h>
#include <sched.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/fsuid.h>
#include <sys/prctl.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#define UDP_GRO 104
#endif

enum {
	WINDOW = 32,           /* datagrams sent before an acknowledgement is awaited */
	GSO_BYTES = 60000,
	BUFFER = 1 << 20,
	TIMEOUT_SECONDS = 60,
	LOST_MILLISECONDS = 200, /* loopback delivers before send returns, or just after */
};

static char buffer[BUFFER];
static useconds_t between;

static void fail(const char *format, ...)
{
	int error = errno;
	va_list arguments;

	va_start(arguments, format);
	fprintf(stderr, "traffic: ");
	vfprintf(stderr, format, arguments);
	fprintf(stderr, ": %s\n", strerror(error));
	exit(1);
}

static void ready(void)
{
	puts("ready");
	fflush(stdout);
}

static socklen_t address_of(const char *host, const char *port, struct sockaddr_storage *address)
{
	struct addrinfo hints = { .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV };
	struct addrinfo *found;
	socklen_t length;

	if (getaddrinfo(host, port, &hints, &found))
		fail("address %s port %s", host, port);
	length = found->ai_addrlen;
	memcpy(address, found->ai_addr, length);
	freeaddrinfo(found);
	return length;
}

static int open_socket(int family, int type)
{
	struct timeval timeout = { .tv_sec = TIMEOUT_SECONDS };
	int room = 8 << 20;
	int fd = socket(family, type | SOCK_CLOEXEC, 0);

	if (fd < 0)
		fail("socket");
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof(timeout));
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof(timeout));
	if (type == SOCK_DGRAM)
		setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof(room));
	return fd;
}

static int bound(const char *host, const char *port, int type)
{
	struct sockaddr_storage address;
	socklen_t length = address_of(host, port, &address);
	int fd = open_socket(address.ss_family, type);
	int on = 1;

	/* only with a port of one's own: the kernel would give a free one to two UDP sockets */
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(fd, (struct sockaddr *)&address, length))
		fail("bind %s %s", host, port);
	return fd;
}

static int connected(const char *host, const char *port, int type)
{
	struct sockaddr_storage address;
	socklen_t length = address_of(host, port, &address);
	int fd = open_socket(address.ss_family, type);

	if (connect(fd, (struct sockaddr *)&address, length))
		fail("connect %s %s", host, port);
	return fd;
}

static void tcp_serve(char **argument)
{
	int listener = bound(argument[0], argument[1], SOCK_STREAM);
	long long total = 0;
	ssize_t got;
	int fd;

	if (listen(listener, 8))
		fail("listen");
	ready();
	fd = accept(listener, 0, 0);
	if (fd < 0)
		fail("accept");
	while ((got = read(fd, buffer, BUFFER)) > 0)
		total += got;
	if (got < 0)
		fail("read");
	close(fd);
	printf("%lld\n", total);
}

static void tcp_send(char **argument)
{
	int fd = connected(argument[0], argument[1], SOCK_STREAM);
	long long left = atoll(argument[2]);

	while (left > 0) {
		ssize_t sent = write(fd, buffer, left < 65536 ? left : 65536);

		if (sent < 0)
			fail("write");
		left -= sent;
		usleep(between);
	}
	shutdown(fd, SHUT_WR);
	if (read(fd, buffer, 1) < 0)
		fail("waiting for the other side's close");
}

static void udp_serve(char **argument)
{
	int fd = bound(argument[0], argument[1], SOCK_DGRAM), on = 1;
	long datagrams = atol(argument[2]);
	int size = argument[3] ? atoi(argument[3]) : 0;
	long long total = 0;

	if (size && setsockopt(fd, IPPROTO_UDP, UDP_GRO, &on, sizeof(on)))
		fail("UDP_GRO");
	ready();
	for (long i = 0, acknowledged = 0; i < datagrams;) {
		struct sockaddr_storage from;
		socklen_t length = sizeof(from);
		ssize_t got = recvfrom(fd, buffer, BUFFER, 0, (struct sockaddr *)&from, &length);

		if (got < 0)
			fail("datagram %ld of %ld", i, datagrams);
		total += got;
		i += size ? (got + size - 1) / size : 1;
		if (i < datagrams && i - acknowledged < WINDOW)
			continue;
		acknowledged = i;
		if (sendto(fd, "a", 1, 0, (struct sockaddr *)&from, length) != 1)
			fail("acknowledge");
	}
	printf("%lld\n", total);
}

static void await_acknowledgement(int fd)
{
	if (recv(fd, buffer, BUFFER, 0) != 1)
		fail("acknowledgement");
}

static void udp_send(char **argument)
{
	int fd = connected(argument[0], argument[1], SOCK_DGRAM);
	int size = atoi(argument[2]);
	long datagrams = atol(argument[3]);
	int gso = argument[4] && !strcmp(argument[4], "gso");
	long batch = gso ? GSO_BYTES / size : 1;

	if (batch > WINDOW)
		batch = WINDOW;
	while (WINDOW % batch)
		batch--;
	if (gso && setsockopt(fd, IPPROTO_UDP, UDP_SEGMENT, &size, sizeof(size)))
		fail("UDP_SEGMENT");
	for (long sent = 0; sent < datagrams;) {
		long now = datagrams - sent < batch ? datagrams - sent : batch;

		if (send(fd, buffer, now * size, 0) != now * size)
			fail("send");
		sent += now;
		if (sent % WINDOW == 0 || sent == datagrams) {
			await_acknowledgement(fd);
			usleep(between);
		}
	}
}

static void udp_blast(char **argument)
{
	int fd = connected(argument[0], argument[1], SOCK_DGRAM);
	int size = atoi(argument[2]);

	for (long i = atol(argument[3]); i > 0; i--)
		if (send(fd, buffer, size, 0) < 0 && errno != ECONNREFUSED && errno != ENOBUFS)
			fail("send");
}

/* On a free port of loopback. */
static int receiver(struct sockaddr_in *address)
{
	socklen_t length = sizeof(*address);
	int fd = open_socket(AF_INET, SOCK_DGRAM);

	*address = (struct sockaddr_in){ .sin_family = AF_INET,
					 .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	if (bind(fd, (struct sockaddr *)address, length) ||
	    getsockname(fd, (struct sockaddr *)address, &length))
		fail("bind on loopback");
	return fd;
}

static int sender_to(const struct sockaddr_in *address)
{
	int fd = open_socket(AF_INET, SOCK_DGRAM);

	if (connect(fd, (const struct sockaddr *)address, sizeof(*address)))
		fail("connect on loopback");
	return fd;
}

/* Two sockets on loopback; what is sent on the first is read from the second. */
static void connect_pair(int *from, int *to)
{
	struct sockaddr_in address;

	*to = receiver(&address);
	*from = sender_to(&address);
}

static void udp_pairs(char **argument)
{
	int pairs = atoi(argument[0]);
	int *from = calloc(pairs, sizeof(int)), *to = calloc(pairs, sizeof(int));

	for (int i = 0; i < pairs; i++)
		connect_pair(&from[i], &to[i]);
	if (argument[2] && !strcmp(argument[2], "held")) {
		ready();
		if (read(0, buffer, 1) != 1)
			fail("waiting for a line");
	}
	for (long sent = 0, all = atol(argument[1]); sent < all; sent++) {
		int i = sent % pairs;

		if (send(from[i], buffer, 64, 0) != 64 || recv(to[i], buffer, 64, 0) != 64)
			fail("datagram %ld", sent);
	}
}

static long long nanoseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000000LL + now.tv_nsec;
}

/* A socket can be given away like a file. */
static void give_pair(int from, int to, uid_t uid)
{
	if (fchown(from, uid, -1) || fchown(to, uid, -1))
		fail("give sockets to %u", uid);
}

static void udp_bursts(char **argument)
{
	int pairs = atoi(argument[0]), uids = atoi(argument[2]), away = -1;
	int *from = calloc(pairs, sizeof(int)), *to = calloc(pairs, sizeof(int));
	uid_t first = strtoul(argument[1], 0, 10);
	unsigned long sent = 0;
	char line[64];

	for (int i = 0; i < pairs; i++) {
		connect_pair(&from[i], &to[i]);
		give_pair(from[i], to[i], first);
	}
	if (argument[3]) {
		away = connected(argument[3], "9", SOCK_DGRAM);
		give_pair(away, away, first);
	}
	ready();
	while (fgets(line, sizeof(line), stdin)) {
		long long start = nanoseconds();

		for (unsigned long end = sent + atol(line); sent < end; sent++) {
			int i = sent % pairs;

			if (uids > 1)
				give_pair(from[i], to[i], first + sent % uids);
			if (away >= 0 && sent & 1) {
				if (send(away, buffer, 64, 0) < 0 && errno != ECONNREFUSED)
					fail("send to %s", argument[3]);
			} else if (send(from[i], buffer, 64, 0) != 64 ||
				   recv(to[i], buffer, 64, 0) != 64) {
				fail("datagram %lu", sent);
			}
		}
		printf("%lld\n", nanoseconds() - start);
		fflush(stdout);
	}
}

/* A socket belongs to the file-system UID of its maker: one process can own sockets of many. */
static void udp_uids(char **argument)
{
	int size = atoi(argument[2]), count = atoi(argument[5]);
	uid_t first = strtoul(argument[4], 0, 10);
	int *sockets = calloc(count, sizeof(int));

	for (int i = 0; i < count; i++) {
		setfsuid(first + i);
		sockets[i] = connected(argument[0], argument[1], SOCK_DGRAM);
	}
	setfsuid(0);
	for (long round = atol(argument[3]); round > 0; round--)
		for (int i = 0; i < count; i++)
			if (send(sockets[i], buffer, size, 0) < 0 && errno != ECONNREFUSED &&
			    errno != EPERM)
				fail("send as %u", first + i);
}

static const char *fate(int from, int to, int size)
{
	struct pollfd arrival = { .fd = to, .events = POLLIN };

	if (send(from, buffer, size, 0) != size) {
		if (errno != EPERM)
			fail("send %d bytes", size);
		return "refused";
	}
	if (poll(&arrival, 1, LOST_MILLISECONDS) != 1)
		return "lost";
	if (recv(to, buffer, BUFFER, 0) != size)
		fail("receive %d bytes", size);
	return "arrived";
}

static void open_asked(int *from, int *to, unsigned sender, unsigned owner)
{
	struct sockaddr_in address;

	setfsuid(owner);
	*to = receiver(&address);
	setfsuid(sender);
	*from = sender_to(&address);
	setfsuid(0);
	printf("%d %d\n", *from, *to);
}

static void udp_asked(char **argument)
{
	unsigned sender, owner;
	char line[128];
	int from = -1, to = -1, size;

	(void)argument;
	ready();
	while (fgets(line, sizeof(line), stdin)) {
		if (sscanf(line, "open %u %u", &sender, &owner) == 2) {
			open_asked(&from, &to, sender, owner);
		} else if (sscanf(line, "send %d", &size) == 1) {
			puts(fate(from, to, size));
		} else if (!strcmp(line, "close\n")) {
			close(from);
			close(to);
			puts("ok");
		} else {
			fail("understand %s", line);
		}
		fflush(stdout);
	}
}

static void uid_pairs(char **argument)
{
	int size = atoi(argument[0]), count = atoi(argument[3]);
	uid_t first = strtoul(argument[2], 0, 10);
	int *from = calloc(count, sizeof(int)), *to = calloc(count, sizeof(int));
	time_t end = time(0) + atoi(argument[1]);
	long rounds = 0;

	for (int i = 0; i < count; i++) {
		setfsuid(first + i);
		connect_pair(&from[i], &to[i]);
	}
	setfsuid(0);
	for (; time(0) < end; rounds++)
		for (int i = 0; i < count; i++)
			if (send(from[i], buffer, size, 0) != size ||
			    recv(to[i], buffer, size, 0) != size)
				fail("datagram of %u", first + i);
	printf("%ld\n", rounds);
}

static void join_group(char **argument)
{
	struct ip_mreq group = { 0 };
	int fd = bound("0.0.0.0", argument[1], SOCK_DGRAM);
	long long total = 0;

	inet_pton(AF_INET, argument[0], &group.imr_multiaddr);
	if (argument[3])
		inet_pton(AF_INET, argument[3], &group.imr_interface);
	if (setsockopt(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &group, sizeof(group)))
		fail("join %s", argument[0]);
	ready();
	for (long i = atol(argument[2]); i > 0; i--) {
		ssize_t got = recv(fd, buffer, BUFFER, 0);

		if (got < 0)
			fail("multicast");
		total += got;
	}
	printf("%lld\n", total);
}

static void raw_listen(char **argument)
{
	int fd = socket(AF_INET, SOCK_RAW, atoi(argument[0]));

	if (fd < 0)
		fail("raw socket");
	ready();
	sleep(atoi(argument[1]));
}

/* The sockets of `sockets`, by name. */
static struct named {
	char name[32];
	int fd;
} named[4096];

static struct named *named_as(const char *name)
{
	for (size_t i = 0; i < sizeof(named) / sizeof(*named); i++)
		if (!strcmp(named[i].name, name))
			return &named[i];
	return 0;
}

static void remember(const char *name, int fd)
{
	struct named *place = named_as("");

	if (!place || strlen(name) >= sizeof(place->name))
		fail("remember socket %s", name);
	strcpy(place->name, name);
	place->fd = fd;
}

/* The saved UID stays 0, so that the way back is open; whoever is not root is only one. */
static void act_as(uid_t uid)
{
	if (uid == getuid())
		return;
	if (syscall(SYS_setresuid, uid, uid, 0))
		fail("act as UID %u", uid);
}

static long error_or(long result)
{
	return result < 0 ? -errno : result;
}

/* What a socket is waiting for; -EAGAIN: it did not come in time. */
static long await(int fd, short events, int milliseconds)
{
	struct pollfd wait = { .fd = fd, .events = events };
	int error = 0;
	socklen_t length = sizeof(error);

	if (poll(&wait, 1, milliseconds) < 1)
		return -EAGAIN;
	if ((wait.revents & POLLERR) && !getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length))
		return -error;
	return 0;
}

static long open_named(const char *name, const char *type, const char *family)
{
	int stream = strcmp(type, "udp");
	int internet = *family == '6' ? AF_INET6 : AF_INET;
	int fd = socket(strcmp(type, "unix") ? internet : AF_UNIX,
			(stream ? SOCK_STREAM : SOCK_DGRAM) | SOCK_CLOEXEC | SOCK_NONBLOCK,
			strcmp(type, "mptcp") ? 0 : 262);

	if (fd < 0)
		return -errno;
	remember(name, fd);
	return 0;
}

static long open_pinging(const char *name, int ipv6)
{
	int fd = socket(ipv6 ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK,
			ipv6 ? IPPROTO_ICMPV6 : IPPROTO_ICMP);

	if (fd < 0)
		return -errno;
	remember(name, fd);
	return 0;
}

static long ping(int fd, int bytes, const char *to)
{
	struct sockaddr_storage address;
	socklen_t length = address_of(to, "0", &address);
	char message[2048] = { address.ss_family == AF_INET6 ? 128 : 8 };

	return error_or(sendto(fd, message, bytes, 0, (struct sockaddr *)&address, length));
}

static long set_options(int fd)
{
	unsigned char padding[16] = { 0, 1, 1, 12 }; /* 16 bytes, padding only */

	return error_or(setsockopt(fd, IPPROTO_IPV6, IPV6_DSTOPTS, padding, sizeof(padding)));
}

static long accept_named(int fd, const char *name, int milliseconds)
{
	long error = await(fd, POLLIN, milliseconds);
	int made = error ? -1 : accept4(fd, 0, 0, SOCK_CLOEXEC | SOCK_NONBLOCK);

	if (made < 0)
		return error ? error : -errno;
	remember(name, made);
	return 0;
}

static long connect_named(int fd, char **argument)
{
	struct sockaddr_storage address;
	socklen_t length = address_of(argument[0], argument[1], &address);

	if (!connect(fd, (struct sockaddr *)&address, length))
		return 0;
	return errno == EINPROGRESS ? await(fd, POLLOUT, atoi(argument[2])) : -errno;
}

static long receive_named(int fd, int milliseconds)
{
	long error = await(fd, POLLIN, milliseconds);

	return error ? error : error_or(recv(fd, buffer, BUFFER, 0));
}

static long port_of(int fd)
{
	struct sockaddr_in6 address;
	socklen_t length = sizeof(address);

	if (getsockname(fd, (struct sockaddr *)&address, &length))
		return -errno;
	return ntohs(address.sin6_port); /* where that of IPv4 is */
}

static long cookie_of(int fd)
{
	uint64_t cookie;
	socklen_t length = sizeof(cookie);

	if (getsockopt(fd, SOL_SOCKET, SO_COOKIE, &cookie, &length))
		return -errno;
	return cookie;
}

static long await_refusal(int fd, char **argument)
{
	struct sockaddr_storage to;
	socklen_t length = address_of(argument[1], argument[2], &to);
	int bytes = atoi(argument[0]);
	long long end = nanoseconds() + 10000000000LL;

	while (nanoseconds() < end) {
		if (sendto(fd, buffer, bytes, MSG_NOSIGNAL, (struct sockaddr *)&to, length) < 0)
			return errno == EPERM ? nanoseconds() : -errno;
		usleep(atoi(argument[3]));
	}
	return -ETIMEDOUT;
}

static long close_named(struct named *socket, int reset)
{
	struct linger at_once = { .l_onoff = 1 };

	if (reset)
		setsockopt(socket->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
	*socket->name = 0;
	return error_or(close(socket->fd));
}

/* argument: what follows the UID */
static long call(const char *what, const char *name, char **argument)
{
	struct named *known = named_as(name);
	struct sockaddr_storage address;
	socklen_t length;
	int fd = known ? known->fd : -1;

	if (!strcmp(what, "open") && !strcmp(argument[0], "icmp"))
		return open_pinging(name, *argument[1] == '6');
	if (!strcmp(what, "open"))
		return open_named(name, argument[0], argument[1]);
	if (!strcmp(what, "device"))
		return error_or(setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, argument[0],
					   strlen(argument[0])));
	if (!strcmp(what, "bind")) {
		length = address_of(argument[0], argument[1], &address);
		return error_or(bind(fd, (struct sockaddr *)&address, length));
	}
	if (!strcmp(what, "port"))
		return port_of(fd);
	if (!strcmp(what, "cookie"))
		return cookie_of(fd);
	if (!strcmp(what, "descriptor"))
		return known ? fd : -EBADF;
	if (!strcmp(what, "listen"))
		return error_or(listen(fd, 64));
	if (!strcmp(what, "accept"))
		return accept_named(fd, argument[0], atoi(argument[1]));
	if (!strcmp(what, "connect"))
		return connect_named(fd, argument);
	if (!strcmp(what, "send"))
		return error_or(send(fd, buffer, atoi(argument[0]), MSG_NOSIGNAL));
	if (!strcmp(what, "sendto")) {
		length = address_of(argument[1], argument[2], &address);
		return error_or(sendto(fd, buffer, atoi(argument[0]), MSG_NOSIGNAL,
				       (struct sockaddr *)&address, length));
	}
	if (!strcmp(what, "await-refusal"))
		return await_refusal(fd, argument);
	if (!strcmp(what, "ping"))
		return ping(fd, atoi(argument[0]), argument[1]);
	if (!strcmp(what, "options"))
		return set_options(fd);
	if (!strcmp(what, "receive"))
		return receive_named(fd, atoi(argument[0]));
	if (!strcmp(what, "finish"))
		return error_or(shutdown(fd, SHUT_WR));
	if (known && (!strcmp(what, "reset") || !strcmp(what, "close")))
		return close_named(known, *what == 'r');
	return -EINVAL;
}

static void print_result(long result)
{
	if (result == -EAGAIN)
		puts("waiting");
	else if (result < 0)
		puts(strerrorname_np(-result));
	else if (!result)
		puts("ok");
	else
		printf("%ld\n", result);
	fflush(stdout);
}

static void sockets(char **argument)
{
	uid_t own = getuid();
	char line[256];

	(void)argument;
	ready();
	while (fgets(line, sizeof(line), stdin)) {
		char *word[8] = { 0 };
		char *rest = line;
		int count = 0;
		long result;

		while (count < 8 && (word[count] = strtok_r(rest, " \n", &rest)))
			count++;
		if (count < 3)
			fail("understand %s", line);
		act_as(strtoul(word[2], 0, 10));
		result = call(word[0], word[1], word + 3);
		act_as(own);
		print_result(result);
	}
}

static void print_cookie(char **argument)
{
	unsigned long long cookie;
	socklen_t length = sizeof(cookie);
	int fd = open_socket(AF_INET, SOCK_DGRAM);

	(void)argument;
	if (getsockopt(fd, SOL_SOCKET, SO_NETNS_COOKIE, &cookie, &length))
		fail("SO_NETNS_COOKIE");
	printf("%llu\n", cookie);
}

static int unix_connected(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = open_socket(AF_UNIX, SOCK_STREAM);

	strncpy(address.sun_path, path, sizeof(address.sun_path) - 1);
	if (connect(fd, (struct sockaddr *)&address, sizeof(address)))
		fail("connect to %s", path);
	return fd;
}

static void http(char **argument)
{
	const char *body = argument[3] ? argument[3] : "";
	int fd = unix_connected(argument[0]);
	size_t length = 0;
	ssize_t got;
	char *rest;

	dprintf(fd,
		"%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
		"Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
		argument[1], argument[2], strlen(body), body);
	while ((got = read(fd, buffer + length, BUFFER - 1 - length)) > 0)
		length += got;
	rest = strstr(buffer, "\r\n\r\n");
	if (!rest)
		fail("no answer");
	printf("%.3s %s\n", buffer + strlen("HTTP/1.1 "), rest + 4);
}

static void pass(int server, const char *line, int fd)
{
	union {
		struct cmsghdr header;
		char room[CMSG_SPACE(sizeof(fd))];
	} control = { .header = { .cmsg_len = CMSG_LEN(sizeof(fd)),
				  .cmsg_level = SOL_SOCKET,
				  .cmsg_type = SCM_RIGHTS } };
	struct iovec text = { .iov_base = (char *)line, .iov_len = strlen(line) };
	struct msghdr message = { .msg_iov = &text,
				  .msg_iovlen = 1,
				  .msg_control = &control,
				  .msg_controllen = sizeof(control) };

	memcpy(CMSG_DATA(&control.header), &fd, sizeof(fd));
	if (sendmsg(server, &message, 0) < 0)
		fail("pass a socket");
}

static void tag_socket(int server, const char *line, int fd)
{
	static const char done[] = "{\"tagged\":true,\"changed\":true,";

	pass(server, line, fd);
	if (read(server, buffer, BUFFER) < (ssize_t)strlen(done) ||
	    strncmp(buffer, done, strlen(done)))
		fail("tag a socket: %s", buffer);
}

static void tag_sockets(char **argument)
{
	int server = unix_connected(argument[0]);
	long count = atol(argument[1]);
	int batch = atoi(argument[2]), fds[512];
	char line[64];

	if (batch < 1 || batch > 512)
		fail("open %d sockets at a time", batch);
	snprintf(line, sizeof(line), "{\"tag\":%s}\n", argument[3]);
	for (long made = 0; made < count;) {
		int open = 0;

		for (; open < batch && made < count; open++, made++) {
			fds[open] = open_socket(made & 1 ? AF_INET6 : AF_INET,
						made & 2 ? SOCK_STREAM : SOCK_DGRAM);
			tag_socket(server, line, fds[open]);
		}
		while (open)
			close(fds[--open]);
	}
}

static void enter_cgroup(const char *directory)
{
	char path[4096];
	int fd;

	snprintf(path, sizeof(path), "%s/cgroup.procs", directory);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0 || write(fd, "0", 1) != 1)
		fail("join cgroup %s", directory);
	close(fd);
}

static void enter_namespace(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || setns(fd, CLONE_NEWNET))
		fail("enter network namespace %s", path);
	close(fd);
}

static void write_file(const char *path, const char *format, unsigned value)
{
	char text[64];
	int length = snprintf(text, sizeof(text), format, value);
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0 || write(fd, text, length) != length)
		fail("%s", path);
	close(fd);
}

/* What `unshare -Urn` does: a user namespace in which the caller is root, with its own network. */
static void unshare_all(void)
{
	struct ifreq request = { .ifr_flags = IFF_UP };
	unsigned uid = getuid(), gid = getgid();
	int fd;

	if (unshare(CLONE_NEWUSER | CLONE_NEWNET))
		fail("unshare");
	write_file("/proc/self/setgroups", "deny", 0);
	write_file("/proc/self/uid_map", "0 %u 1", uid);
	write_file("/proc/self/gid_map", "0 %u 1", gid);
	strcpy(request.ifr_name, "lo");
	fd = socket(AF_INET, SOCK_DGRAM, 0);
	if (fd < 0 || ioctl(fd, SIOCSIFFLAGS, &request))
		fail("bring up lo");
	close(fd);
}

static void become(uid_t uid)
{
	/* By number: the C library would ask other threads and refuse nothing that the kernel allows. */
	if (syscall(SYS_setgroups, 0, 0) || syscall(SYS_setresgid, uid, uid, uid) ||
	    syscall(SYS_setresuid, uid, uid, uid))
		fail("become UID %u", uid);
	/* a process that changed its UID may not write its own uid_map otherwise */
	if (prctl(PR_SET_DUMPABLE, 1))
		fail("prctl");
}

static void pass_on(int from, int to)
{
	ssize_t got = read(from, buffer, BUFFER);

	/* refused: the other side is not there yet, and the packet is lost */
	if ((got < 0 || write(to, buffer, got) < 0) && errno != ECONNREFUSED)
		fail("pass on a packet");
}

static void carry(int tun, int udp)
{
	struct pollfd ends[] = { { tun, POLLIN }, { udp, POLLIN } };

	while (poll(ends, 2, TIMEOUT_SECONDS * 1000) > 0) {
		if (ends[0].revents)
			pass_on(tun, udp);
		if (ends[1].revents)
			pass_on(udp, tun);
	}
}

static void tunnel(char **argument)
{
	struct ifreq request = { .ifr_flags = IFF_TUN | IFF_NO_PI };
	struct sockaddr_storage peer;
	socklen_t length = address_of(argument[2], argument[3], &peer);
	int tun = open("/dev/net/tun", O_RDWR | O_CLOEXEC);
	int udp;

	strncpy(request.ifr_name, argument[0], IFNAMSIZ - 1);
	if (tun < 0 || ioctl(tun, TUNSETIFF, &request))
		fail("tunnel %s", argument[0]);
	become(strtoul(argument[1], 0, 10));
	udp = bound("0.0.0.0", argument[3], SOCK_DGRAM);
	if (connect(udp, (struct sockaddr *)&peer, length))
		fail("connect %s %s", argument[2], argument[3]);
	ready();
	carry(tun, udp);
}

static const struct command {
	const char *name;
	void (*run)(char **argument);
	int arguments;
} commands[] = {
	{ "tcp-serve", tcp_serve, 2 },   { "tcp-send", tcp_send, 3 },
	{ "udp-serve", udp_serve, 3 },   { "udp-send", udp_send, 4 },
	{ "udp-blast", udp_blast, 4 },   { "udp-pairs", udp_pairs, 2 },
	{ "udp-bursts", udp_bursts, 3 }, { "udp-uids", udp_uids, 6 },
	{ "uid-pairs", uid_pairs, 4 },   { "udp-asked", udp_asked, 0 },
	{ "join", join_group, 3 },       { "raw-listen", raw_listen, 2 },
	{ "cookie", print_cookie, 0 },   { "sockets", sockets, 0 },
	{ "http", http, 3 },             { "tag-sockets", tag_sockets, 4 },
	{ "tunnel", tunnel, 4 },
};

int main(int count, char **argument)
{
	int unshared = 0;
	char *uid = 0;

	(void)count;
	alarm(10 * TIMEOUT_SECONDS);
	for (argument++; *argument && !strncmp(*argument, "--", 2); argument++) {
		if (!strcmp(*argument, "--unshare"))
			unshared = 1;
		else if (!argument[1])
			fail("%s needs a value", *argument);
		else if (!strcmp(*argument, "--cgroup"))
			enter_cgroup(*++argument);
		else if (!strcmp(*argument, "--netns"))
			enter_namespace(*++argument);
		else if (!strcmp(*argument, "--uid"))
			uid = *++argument;
		else if (!strcmp(*argument, "--pause"))
			between = strtoul(*++argument, 0, 10);
	}
	if (uid)
		become(strtoul(uid, 0, 10));
	if (unshared)
		unshare_all();
	for (size_t i = 0; *argument && i < sizeof(commands) / sizeof(*commands); i++) {
		int given = 0;

		if (strcmp(*argument, commands[i].name))
			continue;
		while (argument[1 + given])
			given++;
		if (given < commands[i].arguments) {
			errno = EINVAL;
			fail("%s takes %d arguments", *argument, commands[i].arguments);
		}
		commands[i].run(argument + 1);
		return 0;
	}
	errno = EINVAL;
	fail("command %s", *argument ? *argument : "(none)");
}
