package org.uidnet.netd.tags;

import java.util.function.LongPredicate;
import org.uidnet.api.SocketTags.Asker;
import org.uidnet.programs.ErrnoException;
import org.uidnet.programs.OpenSocket;
import org.uidnet.programs.SocketName.Transport;

/**
 * Android's checks before a socket is tagged, each with its errno, in Android's order ({@code
 * BpfHandler.cpp}, {@code tagSocket}). The one that Android does not need, as sockets are passed to
 * it there, is whose the socket is; it comes before anything is told of the socket. Pure.
 *
 * @param mayChargeOthers who has the permission {@code updateDeviceStats}
 */
record Checks(TagConfig config, LongPredicate mayChargeOthers) {

  /** First of all. */
  static void requireReady(boolean attached) {
    if (!attached) {
      throw new ErrnoException(
          "EPERM",
          "The programs are not attached yet, so nothing can be tagged; try again in a moment.");
    }
  }

  /** What can be told before there is a socket. */
  void requireMayCharge(Asker asker, long chargeUid) {
    if (chargeUid != asker.uid() && !mayChargeOthers.test(asker.uid())) {
      throw new ErrnoException(
          "EPERM",
          "UID %d may charge nobody else, such as UID %d: it needs the permission updateDeviceStats."
              .formatted(asker.uid(), chargeUid));
    }
    requireNoTranslation(chargeUid);
  }

  /** Whatever the permissions are. */
  void requireNoTranslation(long chargeUid) {
    if (config.translationUids().contains(chargeUid)) {
      throw new ErrnoException(
          "EPERM",
          "UID %d translates packets that are others' already: nothing can be charged to it."
              .formatted(chargeUid));
    }
  }

  static void requireOwn(Asker asker, OpenSocket socket) {
    if (!asker.admin() && socket.owner() != asker.uid()) {
      throw new ErrnoException(
          "EPERM",
          "The socket is not one of UID %d; only root and the configured admins may tag others'."
              .formatted(asker.uid()));
    }
  }

  /** Of other kinds Android would not learn when they end. */
  static void requireKind(OpenSocket socket) {
    if (socket.domain() != OpenSocket.AF_INET && socket.domain() != OpenSocket.AF_INET6) {
      throw new ErrnoException(
          "EAFNOSUPPORT",
          "Only sockets of IPv4 and IPv6 have tags; this one is of address family %d."
              .formatted(socket.domain()));
    }
    if (!isTagged(socket.protocol())) {
      throw new ErrnoException(
          "EPROTONOSUPPORT",
          "Only sockets of TCP and UDP have tags; this one is of IP protocol %d."
              .formatted(socket.protocol()));
    }
  }

  private static boolean isTagged(int protocol) {
    return protocol == Transport.TCP.number() || protocol == Transport.UDP.number();
  }

  /** Strictly more, as on Android. */
  void requireRoom(LiveKeys keys) {
    if (keys.areMoreThan((long) keys.slots() * config.mostSlots() / 100)) {
      throw new ErrnoException(
          "EMFILE",
          "More than %d %% of all slots are in use; try again when idle ones were given back."
              .formatted(config.mostSlots()));
    }
  }

  /** The same of one UID. */
  void requireRoomOf(long chargeUid, int keys) {
    if (keys > config.mostKeys()) {
      throw new ErrnoException(
          "EMFILE",
          "UID %d has %d keys in use, more than %d; try again when idle ones were given back."
              .formatted(chargeUid, keys, config.mostKeys()));
    }
  }
}
