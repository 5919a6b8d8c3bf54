package org.uidnet.netd.tags;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongPredicate;
import org.uidnet.api.SocketTags;
import org.uidnet.api.model.TaggedSocket;
import org.uidnet.netd.sys.Errno;
import org.uidnet.netd.sys.SysException;
import org.uidnet.programs.AccountingMaps;
import org.uidnet.programs.DatapathException;
import org.uidnet.programs.ErrnoException;
import org.uidnet.programs.OpenSocket;
import org.uidnet.programs.SlotId;
import org.uidnet.programs.SocketName;
import org.uidnet.programs.SocketTag;
import org.uidnet.programs.Sockets;
import org.uidnet.programs.layout.SlotKeys;

/**
 * Tags sockets as Android's netd does: checks in its order, then one write to socket storage, which
 * goes with the socket. Thread-safe.
 *
 * <p>A client can make us wait with a socket of its own: for the lock that it holds while it sends
 * from memory that does not come, or, if it closes its descriptor before we close ours, for data
 * that lingers. So few requests of a UID are at work at a time.
 */
public final class Tagging implements SocketTags {
  private static final int AT_A_TIME = 4;

  private final AccountingMaps maps;
  private final Sockets sockets;
  private final AccountingRows rows;
  private final LiveKeys keys;
  private final Checks checks;
  private final Allowance allowance = new Allowance(AT_A_TIME);

  /**
   * Puts the configuration into force.
   *
   * @param slotKeys of the same programs
   * @param mayChargeOthers UIDs with the permission {@code updateDeviceStats}
   */
  public Tagging(
      AccountingMaps maps,
      SlotKeys slotKeys,
      Sockets sockets,
      TagConfig config,
      LongPredicate mayChargeOthers) {
    this.maps = maps;
    this.sockets = sockets;
    rows = new AccountingRows(maps);
    keys = new LiveKeys(maps.control(), slotKeys);
    checks = new Checks(config, mayChargeOthers);
    rows.configure(config);
  }

  @Override
  public TaggedSocket tag(Asker asker, SocketName name, Tag tag) {
    Checks.requireReady(isAttached());
    checks.requireMayCharge(asker, tag.chargeUid().orElse(asker.uid()));
    return with(name, asker, socket -> tag(socket, tag));
  }

  @Override
  public TaggedSocket untag(Asker asker, SocketName name) {
    Checks.requireReady(isAttached());
    return with(name, asker, this::untag);
  }

  @Override
  public void forget(long uid) {
    rows.forget(uid);
  }

  private boolean isAttached() {
    return maps.control().attachedAt() != 0;
  }

  private TaggedSocket with(
      SocketName name, Asker asker, Function<OpenSocket, TaggedSocket> change) {
    if (asker.admin()) {
      return change(name, asker, change);
    }
    if (!allowance.tryTake(asker.uid())) {
      throw new ErrnoException(
          "EAGAIN", "UID " + asker.uid() + " has too many sockets tagged at once; wait a moment.");
    }
    try {
      return change(name, asker, change);
    } finally {
      allowance.giveBack(asker.uid());
    }
  }

  private TaggedSocket change(
      SocketName name, Asker asker, Function<OpenSocket, TaggedSocket> change) {
    OptionalLong only = asker.admin() ? OptionalLong.empty() : OptionalLong.of(asker.uid());
    try (OpenSocket socket = sockets.open(name, only)) {
      Checks.requireOwn(asker, socket);
      return change.apply(socket);
    } catch (DatapathException e) {
      throw failed(name, e);
    }
  }

  private TaggedSocket tag(OpenSocket socket, Tag tag) {
    long charged = tag.chargeUid().orElse(socket.owner());
    checks.requireNoTranslation(charged);
    Checks.requireKind(socket);
    checks.requireRoom(keys);
    int row = rows.row(charged);
    checks.requireRoomOf(charged, rows.keys(row));
    return write(socket, new SocketTag(tag.tag(), charged, rows.generation(row)));
  }

  private TaggedSocket write(OpenSocket socket, SocketTag tag) {
    expectTagsOf(socket);
    Optional<SocketTag> before = maps.socketTag(socket.descriptor());
    maps.setSocketTag(socket.descriptor(), tag);
    return new TaggedSocket(
        true,
        !before.equals(Optional.of(tag)),
        socket.cookie(),
        socket.owner(),
        Optional.of(tag.tag()),
        Optional.of(tag.uid()));
  }

  /**
   * Of every UID that programs may take for the owner's: where the initial user namespace does not
   * own the network namespace it is the one that they recorded, or none that they know.
   */
  private void expectTagsOf(OpenSocket socket) {
    rows.expectTags(socket.owner());
    Optional<Long> recorded = maps.recordedOwner(socket.descriptor());
    recorded.ifPresent(rows::expectTags);
    if (recorded.isEmpty() && socket.netns() != maps.control().hostNamespace()) {
      rows.expectTags(SlotId.UID_FOREIGN);
    }
  }

  private TaggedSocket untag(OpenSocket socket) {
    return new TaggedSocket(
        false,
        maps.removeSocketTag(socket.descriptor()),
        socket.cookie(),
        socket.owner(),
        Optional.empty(),
        Optional.empty());
  }

  /** What the kernel says of a write comes through. */
  private static ErrnoException failed(SocketName name, DatapathException e) {
    String errno = "EIO";
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      errno = cause instanceof SysException call ? Errno.name(call.errno()) : errno;
    }
    return new ErrnoException(
        errno, "Cannot change the tag of %s: %s.".formatted(name, e.getMessage()), e);
  }
}
