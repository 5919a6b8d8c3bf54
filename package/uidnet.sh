#!/bin/sh
# The command `uidnet` of the package, with the Java runtime that is in it.
#
#   UIDNET_JAVA_OPTS   options for java, after (so stronger than) the usual ones
lib=/usr/lib/uidnet
export LC_ALL=C.UTF-8
# The C library would keep some MB for each thread otherwise.
export MALLOC_ARENA_MAX=1
[ "${1:-}" = demo ] && demo=@$lib/demo.options
# shellcheck disable=SC2086 # split into words on purpose
exec $lib/runtime/bin/java @$lib/java.options ${demo:-} -Xshare:auto -XX:SharedArchiveFile=$lib/uidnet.jsa \
  ${UIDNET_JAVA_OPTS:-} -jar $lib/uidnet.jar "$@"
