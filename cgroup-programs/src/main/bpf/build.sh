#!/usr/bin/env bash
# Compiles uidnet.bpf.c to the committed object; the same bytes in every folder with clang 14.
# --verify: compile aside and fail if the committed object differs (another clang only compiles).
set -euo pipefail
cd "$(dirname "$0")"
object=../resources/org/uidnet/programs/uidnet.bpf.o

tool() { # the tool of LLVM 14 if there is one, else any
	command -v "$1-14" || command -v "$1"
}

if ! clang=$(tool clang) || ! strip=$(tool llvm-strip); then
	[ "${1:-}" = --verify ] && { echo "clang is not installed: the committed object is used as it is"; exit 0; }
	echo "build.sh: clang and llvm-strip are needed to compile the programs: apt-get install clang-14 llvm-14" >&2
	exit 1
fi

compile() { # TARGET
	"$clang" -target bpf -mcpu=v3 -O2 -g -Wall -Wextra -Werror -fdebug-compilation-dir=. \
		-ffile-prefix-map="$PWD"=. -c uidnet.bpf.c -o "$1"
	"$strip" -g "$1"
}

if [ "${1:-}" != --verify ]; then
	compile "$object"
	echo "uidnet.bpf.o is written; now write the Java layouts:"
	echo "  mvn -pl cgroup-programs test -Dtest=LayoutsTest -Dlayouts.write"
	exit
fi
fresh=$(mktemp)
trap 'rm -f "$fresh"' EXIT
compile "$fresh"
case "$("$clang" --version | head -n 1)" in
*"version 14."*) ;;
*) echo "$clang is not clang 14: compiled, bytes not compared"; exit 0 ;;
esac
cmp -s "$fresh" "$object" || {
	echo "build.sh: uidnet.bpf.o is not what its source gives: run cgroup-programs/src/main/bpf/build.sh and commit the object" >&2
	exit 1
}
