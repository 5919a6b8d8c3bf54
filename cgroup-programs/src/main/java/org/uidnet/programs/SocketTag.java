package org.uidnet.programs;

/**
 * What a socket's traffic is counted under.
 *
 * @param tag 0 to 4294967295; 0: no tag, but maybe charged to another UID
 * @param uid whom it is charged to, 0 to 4294967294
 * @param generation of that UID ({@link org.uidnet.programs.layout.UidTable#generation}); of an
 *     earlier one the tag is void
 */
public record SocketTag(long tag, long uid, int generation) {}
