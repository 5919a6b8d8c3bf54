// SPDX-License-Identifier: Apache-2.0
/*
 * Makes, connects, uses and closes sockets of many UIDs in several network namespaces, as a script
 * says, and writes each operation into the recorder's log. One thread on one CPU, so that the log has
 * a total order.
 *
 *   sockets CGROUP PINS CPU NAMESPACE... < script
 *
 * PINS is a directory with the pinned maps log_state, events, socket_owner and socket_tags. NAMESPACE is a file of
 * a network namespace, by number from 0. S and T number sockets. A line of the script is one of
 *
 *   socket S NAMESPACE UID FAMILY TYPE PROTOCOL
 *   options S                         IP options, so that headers are longer
 *   device S IFINDEX                  the only one that its packets take
 *   bind S ADDRESS PORT UID           UID of who calls
 *   listen S
 *   connect S ADDRESS PORT UID
 *   accept T S UID
 *   send S BYTES SEGMENT              SEGMENT: UDP_SEGMENT, 0: none; echo requests on ping sockets
 *   sendto S BYTES ADDRESS PORT
 *   drain S                           the result is the number of datagrams
 *   owner S                           the result is the recorded owner
 *   tag S TAG UID GENERATION          UID: whom it charges
 *   untag S
 *   close S
 *
 * Nothing waits: what would block fails with EAGAIN. Results below 0 are errors.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <netinet/in.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/fsuid.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "recorder.h"

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif

#ifndef SO_BINDTOIFINDEX
#define SO_BINDTOIFINDEX 62
#endif

enum {
	SOCKETS = 4096,
	NAMESPACES = 16,
	MESSAGE = 65536,
	FIRST_WORD = 16,
	ADDRESS = 64,
};

static struct log_state *state;
static struct event *events;
static int owners;
static int tags;
static int namespaces[NAMESPACES];
static int fds[SOCKETS];
static int families[SOCKETS];
static int protocols[SOCKETS];
static unsigned char message[MESSAGE];

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static int open_pin(const char *directory, const char *name)
{
	char path[4096];
	union bpf_attr attr = { .pathname = (unsigned long)path };
	int fd;

	snprintf(path, sizeof(path), "%s/%s", directory, name);
	fd = syscall(SYS_bpf, BPF_OBJ_GET, &attr, sizeof(attr));
	if (fd < 0)
		fail(path);
	return fd;
}

static void *map_pin(const char *directory, const char *name, size_t size)
{
	int fd = open_pin(directory, name);
	void *memory = mmap(0, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	if (memory == MAP_FAILED)
		fail(name);
	close(fd);
	return memory;
}

static unsigned long long cookie_of(int fd)
{
	unsigned long long cookie = 0;
	socklen_t length = sizeof(cookie);

	getsockopt(fd, SOL_SOCKET, SO_COOKIE, &cookie, &length);
	return cookie;
}

static void record(unsigned kind, unsigned operation, long long result, int fd)
{
	unsigned index = __atomic_fetch_add(&state->next, 1, __ATOMIC_SEQ_CST);
	struct event *event = &events[index];

	if (index >= EVENTS)
		return;
	event->kind = kind;
	event->operation = operation;
	event->result = result;
	event->socket = fd < 0 ? 0 : cookie_of(fd);
}

/* Real and file-system UID: whom hooks of calls see, and whose a new socket is. Rights stay. */
static void become(unsigned uid)
{
	if (syscall(SYS_setresuid, uid, 0, 0))
		fail("setresuid");
	setfsuid(uid);
	if ((unsigned)setfsuid(-1) != uid)
		fail("setfsuid");
}

static void enter(int number)
{
	if (number < 0 || number >= NAMESPACES || setns(namespaces[number], CLONE_NEWNET))
		fail("setns");
}

static void allow_ping(void)
{
	int fd = open("/proc/sys/net/ipv4/ping_group_range", O_WRONLY | O_CLOEXEC);

	if (fd < 0 || write(fd, "0 2147483647", 12) != 12)
		fail("ping_group_range");
	close(fd);
}

static long make(int s, int namespace, unsigned uid, int family, int type, int protocol)
{
	int room = 4 << 20;

	enter(namespace);
	become(uid);
	fds[s] = socket(family, type | SOCK_CLOEXEC | SOCK_NONBLOCK, protocol);
	families[s] = family;
	protocols[s] = protocol;
	if (fds[s] >= 0)
		setsockopt(fds[s], SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof(room));
	return fds[s];
}

static socklen_t address_of(int s, const char *text, int port, struct sockaddr_storage *to)
{
	struct sockaddr_in6 *six = (void *)to;
	struct sockaddr_in *four = (void *)to;

	memset(to, 0, sizeof(*to));
	to->ss_family = families[s];
	if (families[s] == AF_INET6) {
		six->sin6_port = htons(port);
		inet_pton(AF_INET6, text, &six->sin6_addr);
		return sizeof(*six);
	}
	four->sin_port = htons(port);
	inet_pton(AF_INET, text, &four->sin_addr);
	return sizeof(*four);
}

static int set_options(int s)
{
	unsigned char four[8] = { 1, 1, 1, 1, 1, 1, 1, 0 };      /* no operation */
	unsigned char six[16] = { 0, 1, 1, 12 };                 /* 16 bytes, padding only */

	return families[s] == AF_INET6
		       ? setsockopt(fds[s], IPPROTO_IPV6, IPV6_DSTOPTS, six, sizeof(six))
		       : setsockopt(fds[s], IPPROTO_IP, IP_OPTIONS, four, sizeof(four));
}

static void prepare_message(int s)
{
	memset(message, 0, FIRST_WORD);
	if (protocols[s] == IPPROTO_ICMP)
		message[0] = 8;          /* echo request */
	else if (protocols[s] == IPPROTO_ICMPV6)
		message[0] = 128;
}

static long send_on(int s, int bytes, int segment)
{
	if (segment && setsockopt(fds[s], IPPROTO_UDP, UDP_SEGMENT, &segment, sizeof(segment)))
		return -1;
	prepare_message(s);
	return send(fds[s], message, bytes, MSG_NOSIGNAL);
}

/* An ICMP error that waits is told once, before what else waits: only a second failure is the end. */
static long drain(int s)
{
	static char scratch[MESSAGE];
	long count = 0;

	for (int failures = 0; failures < 2;) {
		if (recv(fds[s], scratch, sizeof(scratch), 0) > 0)
			count++;
		else
			failures++;
	}
	return count;
}

static long owner_of(int s)
{
	unsigned uid = 0;
	union bpf_attr attr = {
		.map_fd = owners,
		.key = (unsigned long)&fds[s],
		.value = (unsigned long)&uid,
	};

	return syscall(SYS_bpf, BPF_MAP_LOOKUP_ELEM, &attr, sizeof(attr)) ? -1 : (long)uid;
}

static long tag(int s, unsigned tag, unsigned uid, unsigned generation)
{
	unsigned value[4] = { tag, uid, generation };
	union bpf_attr attr = {
		.map_fd = tags,
		.key = (unsigned long)&fds[s],
		.value = (unsigned long)value,
	};

	return syscall(SYS_bpf, BPF_MAP_UPDATE_ELEM, &attr, sizeof(attr));
}

static long untag(int s)
{
	union bpf_attr attr = { .map_fd = tags, .key = (unsigned long)&fds[s] };

	return syscall(SYS_bpf, BPF_MAP_DELETE_ELEM, &attr, sizeof(attr));
}

static long take(int t, int s, unsigned uid)
{
	become(uid);
	fds[t] = accept4(fds[s], 0, 0, SOCK_CLOEXEC | SOCK_NONBLOCK);
	families[t] = families[s];
	return fds[t];
}

static long run(const char *line, int *about)
{
	char name[FIRST_WORD], address[ADDRESS];
	int s = 0, a = 0, b = 0, c = 0, d = 0;
	unsigned uid = 0, number = 0;
	struct sockaddr_storage to;

	if (sscanf(line, "%15s %d", name, &s) != 2 || s < 0 || s >= SOCKETS)
		fail(line);
	*about = s;
	if (sscanf(line, "socket %*d %d %u %d %d %d", &a, &uid, &b, &c, &d) == 5)
		return make(s, a, uid, b, c, d);
	if (sscanf(line, "accept %*d %d %u", &a, &uid) == 2)
		return take(s, a, uid);
	if (sscanf(line, "bind %*d %63s %d %u", address, &a, &uid) == 3) {
		become(uid);
		return bind(fds[s], (void *)&to, address_of(s, address, a, &to));
	}
	if (sscanf(line, "connect %*d %63s %d %u", address, &a, &uid) == 3) {
		become(uid);
		return connect(fds[s], (void *)&to, address_of(s, address, a, &to));
	}
	if (sscanf(line, "device %*d %d", &a) == 1)
		return setsockopt(fds[s], SOL_SOCKET, SO_BINDTOIFINDEX, &a, sizeof(a));
	if (sscanf(line, "sendto %*d %d %63s %d", &a, address, &b) == 3) {
		prepare_message(s);
		return sendto(fds[s], message, a, MSG_NOSIGNAL, (void *)&to,
			      address_of(s, address, b, &to));
	}
	if (sscanf(line, "send %*d %d %d", &a, &b) == 2)
		return send_on(s, a, b);
	if (sscanf(line, "tag %*d %u %u %d", &number, &uid, &a) == 3)
		return tag(s, number, uid, a);
	if (!strcmp(name, "untag"))
		return untag(s);
	if (!strcmp(name, "listen"))
		return listen(fds[s], 64);
	if (!strcmp(name, "options"))
		return set_options(s);
	if (!strcmp(name, "drain"))
		return drain(s);
	if (!strcmp(name, "owner"))
		return owner_of(s);
	if (!strcmp(name, "close")) {
		a = close(fds[s]);
		fds[s] = -1;
		return a;
	}
	fail(line);
	return 0;
}

static void stay_on(int cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	if (sched_setaffinity(0, sizeof(set), &set))
		fail("sched_setaffinity");
}

static void enter_cgroup(const char *directory)
{
	char path[4096];
	int fd;

	snprintf(path, sizeof(path), "%s/cgroup.procs", directory);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0 || write(fd, "0", 1) != 1)
		fail(path);
	close(fd);
}

int main(int count, char **argument)
{
	char line[256];

	alarm(60);
	if (count < 5 || count - 4 > NAMESPACES)
		return 2;
	for (int i = 0; i < SOCKETS; i++)
		fds[i] = -1;
	for (int i = 4; i < count; i++) {
		namespaces[i - 4] = open(argument[i], O_RDONLY | O_CLOEXEC);
		enter(i - 4);
		allow_ping();
	}
	state = map_pin(argument[2], "log_state", sizeof(*state));
	events = map_pin(argument[2], "events", EVENTS * sizeof(*events));
	owners = open_pin(argument[2], "socket_owner");
	tags = open_pin(argument[2], "socket_tags");
	stay_on(atoi(argument[3]));
	enter_cgroup(argument[1]);
	for (unsigned operation = 0; fgets(line, sizeof(line), stdin); operation++) {
		int about = 0;
		long result;

		record(EVENT_BEGIN, operation, 0, -1);
		errno = 0;
		result = run(line, &about);
		record(EVENT_END, operation, result < 0 ? -errno : result, fds[about]);
	}
	return 0;
}
