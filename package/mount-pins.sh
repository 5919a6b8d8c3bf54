#!/bin/sh
# Mounts the file system of the pins, for the user `uidnet`: /sys/fs/bpf is root's alone, and what is pinned
# there can be reached only by who may read every file. Its source `uidnet` tells `uidnet unload` that it is ours.
set -eu
pins=/run/uidnet/bpf
mkdir -p $pins
mountpoint -q $pins || mount -t bpf -o nosuid,nodev,noexec,mode=0700 uidnet $pins
chown uidnet:uidnet $pins
