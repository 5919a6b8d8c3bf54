package org.uidnet.api;

import java.util.Optional;
import org.uidnet.api.model.TaggedSocket;
import org.uidnet.programs.ErrnoException;
import org.uidnet.programs.SocketName;

/**
 * Gives sockets tags, under which their traffic is counted from the next packet on. Safe for any
 * thread; what is refused throws {@link ErrnoException} with Android's error.
 */
public interface SocketTags {
  /**
   * Who asks.
   *
   * @param uid 0 for who holds the admin token
   * @param admin may tag anybody's sockets, others only their own
   */
  record Asker(long uid, boolean admin) {}

  /**
   * What a socket's traffic shall be counted under.
   *
   * @param tag 0 to 4294967295; 0: none, but maybe charged to another UID
   * @param chargeUid whose traffic it shall be; empty: the owner's
   */
  record Tag(long tag, Optional<Long> chargeUid) {}

  /** Gives a socket a tag, or another one. */
  TaggedSocket tag(Asker asker, SocketName socket, Tag tag);

  /** Takes the tag off; nothing changes if there was none. */
  TaggedSocket untag(Asker asker, SocketName socket);

  /** The UID was removed: tags that charge it are void, and its own sockets have none any more. */
  void forget(long uid);
}
