// SPDX-License-Identifier: Apache-2.0
/*
 * Tags a socket of its own by passing it over tag.sock, and sends one datagram over it:
 *
 *   cc -o tag-socket tag-socket.c
 *   ./tag-socket /run/uidnet/tag.sock 0xF00D 192.0.2.1 9
 *   uidnet usage --uid self --by uid,tag
 *
 * The daemon sees by itself whose process and whose socket it is. The line and the socket must be in
 * one message; the answer is a line, too. To take the tag off send {"clear":true}; to charge another
 * UID, which needs a permission, add "chargeUid".
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static int connect_to(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	strncpy(address.sun_path, path, sizeof(address.sun_path) - 1);
	if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof(address)))
		fail(path);
	return fd;
}

static void pass(int daemon, const char *line, int socket)
{
	union {
		struct cmsghdr header;
		char room[CMSG_SPACE(sizeof(int))];
	} control = { 0 };
	struct iovec text = { .iov_base = (char *)line, .iov_len = strlen(line) };
	struct msghdr message = {
		.msg_iov = &text,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control),
	};

	control.header.cmsg_len = CMSG_LEN(sizeof(int));
	control.header.cmsg_level = SOL_SOCKET;
	control.header.cmsg_type = SCM_RIGHTS;
	memcpy(CMSG_DATA(&control.header), &socket, sizeof(socket));
	if (sendmsg(daemon, &message, 0) < 0)
		fail("sendmsg");
}

int main(int count, char **argument)
{
	struct sockaddr_in target = { .sin_family = AF_INET };
	int udp = socket(AF_INET, SOCK_DGRAM, 0);
	char line[128], answer[4096];
	ssize_t length;
	int daemon;

	if (count != 5 || !inet_aton(argument[3], &target.sin_addr)) {
		fprintf(stderr, "usage: tag-socket TAG.SOCK TAG ADDRESS PORT\n");
		return 2;
	}
	target.sin_port = htons(atoi(argument[4]));
	daemon = connect_to(argument[1]);
	snprintf(line, sizeof(line), "{\"tag\":%lu}\n", strtoul(argument[2], 0, 0));
	pass(daemon, line, udp);
	length = read(daemon, answer, sizeof(answer));
	if (length <= 0)
		fail("no answer");
	fwrite(answer, 1, length, stdout);
	if (strncmp(answer, "{\"tagged\":true", 14))
		return 1;
	if (sendto(udp, "hello", 5, 0, (struct sockaddr *)&target, sizeof(target)) != 5)
		fail("sendto");
	return 0;
}
