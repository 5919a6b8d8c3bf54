package org.uidnet.api;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.uidnet.api.model.TaggedSocket;
import org.uidnet.programs.ErrnoException;
import org.uidnet.programs.SocketName;

/** Tags nothing, and remembers what it was asked. Process 404 is not there. */
public final class FakeTags implements SocketTags {
  private static final long COOKIE = 4134;
  private static final long OWNER = 1000;

  /** Who asked for what, as text. */
  public final List<String> calls = new CopyOnWriteArrayList<>();

  /** Whether sockets have a tag before. */
  volatile boolean tagged = true;

  private volatile Optional<ErrnoException> failure = Optional.empty();

  /** What is asked for from now on is refused. */
  public void fail(ErrnoException with) {
    failure = Optional.of(with);
  }

  @Override
  public TaggedSocket tag(Asker asker, SocketName socket, Tag tag) {
    calls.add(asker + " " + socket + " " + tag);
    requireThere(socket);
    return new TaggedSocket(
        true,
        true,
        COOKIE,
        OWNER,
        Optional.of(tag.tag()),
        Optional.of(tag.chargeUid().orElse(OWNER)));
  }

  @Override
  public TaggedSocket untag(Asker asker, SocketName socket) {
    calls.add(asker + " " + socket);
    requireThere(socket);
    return new TaggedSocket(false, tagged, COOKIE, OWNER, Optional.empty(), Optional.empty());
  }

  @Override
  public void forget(long uid) {
    calls.add("forget " + uid);
  }

  private void requireThere(SocketName socket) {
    failure.ifPresent(
        e -> {
          throw e;
        });
    if (socket instanceof SocketName.OfProcess named && named.pid() == 404) {
      throw new ErrnoException("ESRCH", "There is no process 404.");
    }
  }
}
