package org.uidnet.netd.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.uidnet.netd.doctor.Redaction.Kind;
import org.uidnet.netd.doctor.Redaction.Known;
import org.uidnet.netd.names.Uids;

/**
 * What the host's files call people and the host itself. Users of services, such as {@code root}
 * and {@code www-data}, are called alike everywhere and are no people.
 */
public final class People {
  /** Below it are users of services. */
  public static final long FIRST = 1000;

  private static final long NOBODY = 65_534;
  private static final int PASSWD_FIELDS = 7;
  private static final Set<String> NOT_TELLING = Set.of("localhost", "root", "(none)", "");

  private final HostRoot host;
  private final List<Known> known = new ArrayList<>();

  private People(HostRoot host) {
    this.host = host;
  }

  /**
   * Names of those who use this host, and its own.
   *
   * @param environment whose variables tell who calls
   */
  public static List<Known> of(HostRoot host, Map<String, String> environment) {
    People people = new People(host);
    host.lines("/etc/passwd").forEach(people::addLine);
    host.names("/home").forEach(name -> people.add(Kind.USER, name));
    Stream.of("USER", "LOGNAME", "SUDO_USER")
        .forEach(name -> people.add(Kind.USER, environment.getOrDefault(name, "")));
    people.addHome(environment.getOrDefault("HOME", ""));
    people.addHost();
    return List.copyOf(people.known);
  }

  private void addLine(String line) {
    String[] fields = line.split(":", -1);
    if (fields.length >= PASSWD_FIELDS
        && Uids.parse(fields[2]).filter(People::isPerson).isPresent()) {
      add(Kind.USER, fields[0]);
      Stream.of(fields[4].split(",")).forEach(part -> add(Kind.USER, part));
      Stream.of(fields[4].split("[\\s,]+")).forEach(word -> add(Kind.USER, word));
      addHome(fields[5]);
    }
  }

  /** Whether the UID may be somebody's, or of what somebody has installed. */
  public static boolean isPerson(long uid) {
    return uid >= FIRST && uid != NOBODY;
  }

  /** One directly below the root is no person's, and would stand for too much. */
  private void addHome(String home) {
    if (home.indexOf('/', 1) > 0) {
      add(Kind.HOME, home);
    }
  }

  private void addHost() {
    for (String file : List.of("/proc/sys/kernel/hostname", "/etc/hostname")) {
      host.lines(file).stream().findFirst().ifPresent(this::addHost);
    }
    host.lines("/etc/machine-id").forEach(id -> add(Kind.HOST, id));
  }

  /** The whole of it, its first word, and the domain. */
  private void addHost(String name) {
    add(Kind.HOST, name);
    Stream.of(name.split("\\.", 2)).forEach(part -> add(Kind.HOST, part));
  }

  private void add(Kind kind, String text) {
    String name = text.strip();
    if (!NOT_TELLING.contains(name)) {
      known.add(new Known(kind, name));
    }
  }
}
