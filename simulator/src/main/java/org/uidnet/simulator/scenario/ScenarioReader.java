package org.uidnet.simulator.scenario;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.uidnet.programs.object.Limits;

/**
 * Reads the keys of a scenario file. After a mistake it goes on with a value that is as good as
 * any, since the scenario will not be used.
 */
final class ScenarioReader {
  /** Highest UID there can be; 4294967295 means "none" to the kernel. */
  static final long HIGHEST_UID = 4_294_967_294L;

  private static final int MOST_SLOTS = 1 << 20;
  private static final int MOST_CPUS = 64;
  private static final int DEFAULT_RATE = 1_000_000;
  private static final Limits DEFAULT_LIMITS = new Limits(8192, 512, 16_384, 4, true);
  static final String INTERFACE_NAME = "[^\\s/:]{1,15}";

  private static final Value<InterfaceKind> KIND =
      Value.oneOf(
          InterfaceKind.class,
          EnumSet.complementOf(EnumSet.of(InterfaceKind.LOOPBACK, InterfaceKind.VETH)));

  private static final Value<Long> PACKET =
      new Value<>(
          "a payload from 1 B to 1200 B",
          text -> Values.SIZE.parse().apply(text).filter(size -> size >= 1 && size <= 1200));

  private final Fields root;

  ScenarioReader(Item file) {
    root = file.fields();
  }

  Scenario read() {
    String title = root.required("title", Values.TEXT, "");
    ZoneId zone = root.get("zone", Values.ZONE, ZoneOffset.UTC).orElse(ZoneOffset.UTC);
    Limits limits = root.get("limits").map(ScenarioReader::limits).orElse(DEFAULT_LIMITS);
    List<InterfaceSpec> interfaces =
        root.required("interfaces").map(ScenarioReader::interfaces).orElse(List.of());
    List<NamespaceSpec> namespaces =
        root.get("namespaces")
            .map(item -> new NamespacesReader(interfaces).read(item))
            .orElse(List.of());
    Map<String, Exchange> traffic =
        root.get("traffic").map(ScenarioReader::traffic).orElse(Map.of());
    List<UserSpec> users =
        root.required("users")
            .map(item -> new UsersReader(interfaces, namespaces, traffic).read(item))
            .orElse(List.of());
    Map<DeviceFlag, Times> device = root.get("device").map(ScenarioReader::device).orElse(Map.of());
    List<Incident> incidents =
        new IncidentReader(interfaces, namespaces).read(root.list("incidents"));
    root.end();
    return new Scenario(title, zone, limits, interfaces, namespaces, users, device, incidents);
  }

  private static Limits limits(Item item) {
    Fields fields = item.fields();
    Limits limits =
        new Limits(
            number(fields, "slots", 2, MOST_SLOTS, DEFAULT_LIMITS.slots()),
            number(fields, "slots-per-uid", 1, MOST_SLOTS, DEFAULT_LIMITS.slotsPerUid()),
            number(fields, "high-uids", 1, MOST_SLOTS, DEFAULT_LIMITS.highUids()),
            number(fields, "cpus", 1, MOST_CPUS, 4),
            true);
    fields.end();
    return limits;
  }

  private static int number(Fields fields, String key, int least, int most, int otherwise) {
    long value = otherwise;
    return fields.get(key, Values.number(least, most), value).orElse(value).intValue();
  }

  private static List<InterfaceSpec> interfaces(Item item) {
    Fields fields = item.fields();
    List<InterfaceSpec> specs = new ArrayList<>();
    fields.all().forEach((name, body) -> specs.add(interfaceSpec(fields.key(name), name, body)));
    if (specs.isEmpty()) {
      item.mistake("expected at least one interface, such as eth0: {kind: ethernet}");
    }
    return specs;
  }

  private static InterfaceSpec interfaceSpec(Item key, String name, Item body) {
    if (!name.matches(INTERFACE_NAME)) {
      key.mistake(
          "\"%s\" is no interface name: 1 to 15 characters without /, : or space".formatted(name));
    }
    if (name.equals("lo")) {
      key.mistake("lo is there without being named");
    }
    Fields fields = body.fields();
    InterfaceSpec spec =
        new InterfaceSpec(
            name,
            fields.required("kind", KIND, InterfaceKind.ETHERNET),
            fields.get("metered", Values.BOOLEAN, false).orElse(false),
            fields.get("up").map(ScheduleReader::times).orElse(Times.ALWAYS));
    fields.end();
    return spec;
  }

  private static Map<String, Exchange> traffic(Item item) {
    Map<String, Exchange> kinds = new LinkedHashMap<>();
    item.fields().all().forEach((name, body) -> kinds.put(name, exchange(name, body)));
    return kinds;
  }

  private static Exchange exchange(String name, Item body) {
    Fields fields = body.fields();
    Value<Transport> over = Value.oneOf(Transport.class, Arrays.asList(Transport.values()));
    Exchange exchange =
        new Exchange(
            name,
            fields.get("down", Values.SIZE, 0L).orElse(0L),
            fields.get("up", Values.SIZE, 0L).orElse(0L),
            fields.get("rate", Values.RATE, 1L).orElse((long) DEFAULT_RATE),
            fields.get("over", over, Transport.TCP).orElse(Transport.TCP),
            fields.get("packet", PACKET, 1L).map(ScenarioReader::toInt).orElse(OptionalInt.empty()),
            fields.get("server", Values.BOOLEAN, false).orElse(false));
    fields.end();
    return exchange;
  }

  private static OptionalInt toInt(long value) {
    return OptionalInt.of((int) value);
  }

  private static Map<DeviceFlag, Times> device(Item item) {
    Fields fields = item.fields();
    Map<DeviceFlag, Times> flags = new EnumMap<>(DeviceFlag.class);
    for (DeviceFlag flag : DeviceFlag.values()) {
      Optional<Times> times = fields.get(Value.word(flag)).map(ScheduleReader::times);
      times.ifPresent(value -> flags.put(flag, value));
    }
    fields.end();
    return flags;
  }
}
