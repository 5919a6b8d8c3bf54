package org.uidnet.netd.dbus;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.freedesktop.dbus.matchrules.DBusMatchRule;
import org.uidnet.firewall.DeviceFlag;

/**
 * Whether somebody looks at the screen, and sleep, as systemd-logind tells them. The screen is that
 * of the session in front on the first seat; a host where nobody is logged in there has none, and
 * nothing is said of it.
 */
final class Logind implements Source {
  private static final String NAME = "org.freedesktop.login1";
  private static final String PATH = "/org/freedesktop/login1";
  private static final String SEAT_PATH = PATH + "/seat/seat0";
  private static final String MANAGER = NAME + ".Manager";
  private static final String SEAT = NAME + ".Seat";
  private static final String SESSION = NAME + ".Session";

  private final HostListener listener;
  private boolean sleeping;

  Logind(HostListener listener) {
    this.listener = listener;
  }

  @Override
  public HostService service() {
    return HostService.LOGIND;
  }

  @Override
  public String busName() {
    return NAME;
  }

  @Override
  public List<DBusMatchRule> signals() {
    return Stream.concat(
            Signals.propertiesOf(MANAGER, SEAT, SESSION).stream(),
            Stream.of(Signals.named(MANAGER, "PrepareForSleep")))
        .toList();
  }

  @Override
  public Optional<Facts> read(ObjectReader bus) {
    Optional<ObjectProperties> manager = bus.properties(NAME, PATH, MANAGER);
    manager.ifPresent(this::lookForSleep);
    return manager.map(
        properties -> session(bus).map(s -> facts(properties, s)).orElse(Facts.NONE));
  }

  private void lookForSleep(ObjectProperties manager) {
    boolean now = manager.flag("PreparingForSleep");
    if (now && !sleeping) {
      listener.fallsAsleep();
    }
    if (!now && sleeping) {
      listener.wokeUp();
    }
    sleeping = now;
  }

  private static Optional<ObjectProperties> session(ObjectReader bus) {
    return bus.properties(NAME, SEAT_PATH, SEAT)
        .flatMap(seat -> seat.namedPath("ActiveSession"))
        .flatMap(path -> bus.properties(NAME, path, SESSION));
  }

  /** A closed lid hides the screen, unless others are connected. */
  private static Facts facts(ObjectProperties manager, ObjectProperties session) {
    boolean covered = manager.flag("LidClosed", false) && !manager.flag("Docked", false);
    boolean away = session.flag("LockedHint", false) || session.flag("IdleHint");
    return Facts.ofDevice(Map.of(DeviceFlag.SCREEN_ON, !covered && !away));
  }
}
