package org.uidnet.netd.dbus;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.uidnet.api.model.DaemonStatus;
import org.uidnet.firewall.FirewallException;

/**
 * One service and what it said last. Its troubles are logged when they begin, not while they last.
 * One thread looks; any may ask for the status.
 */
final class Informant {
  private static final Logger LOG = LoggerFactory.getLogger(Informant.class);

  private final Source source;
  private final boolean demanded;
  private final LastWords words;
  private final HostListener listener;
  private volatile Optional<String> trouble = Optional.of("nobody has been asked yet");

  /**
   * Nothing has been asked yet.
   *
   * @param demanded whether it is worth a warning that it is not there
   */
  Informant(Source source, boolean demanded, LastWords words, HostListener listener) {
    this.source = source;
    this.demanded = demanded;
    this.words = words;
    this.listener = listener;
  }

  void listenOn(Bus bus) {
    bus.listen(Signals.ownerOf(source.busName()));
    source.signals().forEach(bus::listen);
  }

  /** Asks, and passes on what is news. */
  void look(Bus bus) {
    try {
      source.read(bus).ifPresentOrElse(this::hear, this::isAbsent);
    } catch (BusException e) {
      if (bus.isConnected()) {
        suffer(Level.WARN, String.valueOf(e.getMessage()));
      }
    } catch (FirewallException e) {
      suffer(Level.WARN, "policy does not take what it says: " + e.getMessage());
    }
  }

  private void hear(Facts facts) {
    Facts before = words.of(source.service());
    Facts now = facts.after(before);
    if (!now.equals(before)) {
      listener.said(source.service(), before, now);
      words.put(source.service(), now);
    }
    if (trouble.isPresent()) {
      trouble = Optional.empty();
      LOG.info("{} is listened to", source.service());
    }
  }

  private void isAbsent() {
    suffer(demanded ? Level.WARN : Level.INFO, source.busName() + " is not on the bus");
  }

  private void suffer(Level level, String how) {
    if (!trouble.equals(Optional.of(how))) {
      trouble = Optional.of(how);
      LOG.atLevel(level).log("{}: {}; what it told last holds", source.service(), how);
    }
  }

  /** Nobody can be asked, which is somebody else's to log. */
  void isOutOfReach(String why) {
    trouble = Optional.of(why);
  }

  DaemonStatus.Input status() {
    return new DaemonStatus.Input(source.service().toString(), trouble.isEmpty(), trouble);
  }
}
