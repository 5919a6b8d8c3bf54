package org.uidnet.netd.testing;

import java.io.IOException;

/** A systemd-logind that dbusmock plays, with one seat where somebody may be logged in. */
public final class MockedSession {
  public static final String NAME = "org.freedesktop.login1";

  private static final String PATH = "/org/freedesktop/login1";
  private static final String MANAGER = NAME + ".Manager";

  private final PrivateBus bus;

  private MockedSession(PrivateBus bus) {
    this.bus = bus;
  }

  /** Nobody is logged in. */
  public static MockedSession startedOn(PrivateBus bus) throws IOException {
    bus.start("logind", NAME, "{}");
    return new MockedSession(bus);
  }

  /** Somebody sits in front of the screen. */
  public void logIn() {
    bus.call(
        NAME,
        PATH,
        "org.freedesktop.DBus.Mock.AddSession",
        "string:c1",
        "string:seat0",
        "uint32:1000",
        "string:ann",
        "boolean:true");
  }

  public void setLocked(boolean locked) {
    setSession("LockedHint", locked);
  }

  public void setIdle(boolean idle) {
    setSession("IdleHint", idle);
  }

  private void setSession(String property, boolean value) {
    bus.set(NAME, PATH + "/session/c1", NAME + ".Session", property, "boolean:" + value);
  }

  /** A host with a lid, open, that may be docked, and is not. */
  public void addLid() {
    bus.add(NAME, PATH, MANAGER, "LidClosed", "boolean:false");
    bus.add(NAME, PATH, MANAGER, "Docked", "boolean:false");
  }

  /** Of the host. */
  public void set(String property, boolean value) {
    bus.set(NAME, PATH, MANAGER, property, "boolean:" + value);
  }
}
