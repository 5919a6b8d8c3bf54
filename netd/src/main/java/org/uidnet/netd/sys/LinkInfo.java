package org.uidnet.netd.sys;

import com.sun.jna.Memory;

/**
 * What the kernel says of a link. {@code cgroup} is the id (inode) of the cgroup, 0 if the link is
 * detached or the cgroup gone, or if it is not a cgroup's link at all.
 */
public record LinkInfo(int id, int programId, long cgroup, int attachType) {
  static final int SIZE = 32;
  private static final int TYPE_CGROUP = 3;

  static LinkInfo of(Memory info) {
    boolean ofCgroup = info.getInt(0) == TYPE_CGROUP;
    return new LinkInfo(
        info.getInt(4),
        info.getInt(8),
        ofCgroup ? info.getLong(16) : 0,
        ofCgroup ? info.getInt(24) : -1);
  }

  public boolean isAttached() {
    return cgroup != 0;
  }
}
