package org.uidnet.simulator.scenario;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** Reads the users and what they do. */
final class UsersReader {
  /** In place of one that is not there. */
  private static final Exchange NOTHING =
      new Exchange("", 0, 0, 1, Transport.TCP, OptionalInt.empty(), false);

  private final Map<String, Exchange> traffic;
  private final Set<String> interfaces = new TreeSet<>(Set.of("lo"));
  private final Set<String> namespaces = new TreeSet<>();
  private final Map<Long, String> nameOfUid = new HashMap<>();
  private final Set<String> names = new HashSet<>();
  private final List<UserSpec> users = new ArrayList<>();

  UsersReader(
      List<InterfaceSpec> interfaces, List<NamespaceSpec> spaces, Map<String, Exchange> traffic) {
    this.traffic = traffic;
    interfaces.forEach(spec -> this.interfaces.add(spec.name()));
    spaces.forEach(spec -> namespaces.add(spec.name()));
  }

  List<UserSpec> read(Item item) {
    Fields fields = item.fields();
    fields.all().forEach((key, body) -> readUsers(fields.key(key), body));
    return users;
  }

  private void readUsers(Item key, Item body) {
    Names range = key.as(Names.VALUE, Names.NONE);
    Fields fields = body.fields();
    Value<Long> uids = Values.number(0, ScenarioReader.HIGHEST_UID + 1 - range.count());
    Optional<Item> uid = fields.required("uid");
    long first = uid.map(item -> item.as(uids, -1L)).orElse(-1L);
    Optional<Item> namespace = fields.get("in");
    List<Activity> activities =
        fields.list("does").stream().map(i -> activity(i, namespace.isPresent())).toList();
    fields.end();
    namespace.ifPresent(item -> checkNamespaces(item, range));
    Optional<String> in = namespace.map(item -> item.as(Values.TEXT, ""));
    if (range.count() > Names.MOST - users.size()) {
      key.mistake("there is room for %d users in all".formatted(Names.MOST));
      return;
    }
    for (int i = 0; first >= 0 && i < range.count(); i++) {
      int index = i;
      String name = range.get(i);
      if (isTaken(key, uid.orElse(body), first + i, name)) {
        return;
      }
      users.add(new UserSpec(name, first + i, in.map(n -> range.resolve(n, index)), activities));
    }
  }

  private boolean isTaken(Item key, Item uid, long number, String name) {
    if (!names.add(name)) {
      key.mistake("there are two users \"%s\"".formatted(name));
      return true;
    }
    String other = nameOfUid.putIfAbsent(number, name);
    if (other != null) {
      uid.mistake("UID %d of \"%s\" is also that of \"%s\"".formatted(number, name, other));
    }
    return other != null;
  }

  /** One mistake for all of a range. */
  private void checkNamespaces(Item item, Names names) {
    String reference = item.as(Values.TEXT, "");
    for (int i = 0; i < names.count(); i++) {
      String name = names.resolve(reference, i);
      if (!namespaces.contains(name)) {
        item.mistake(
            "found \"%s\", expected a name from \"namespaces\"%s"
                .formatted(name, Mistakes.didYouMean(name, namespaces)));
        return;
      }
    }
  }

  private Activity activity(Item item, boolean inNamespace) {
    Fields fields = item.fields();
    Exchange exchange = fields.required("do").map(this::exchange).orElse(NOTHING);
    Set<String> known = inNamespace ? Set.of("lo", "eth0") : interfaces;
    Activity activity =
        new Activity(
            exchange,
            ScheduleReader.schedule(item, fields),
            fields.get("chance", Values.SHARE, 1.0).orElse(1.0),
            fields.list("when").stream().map(UsersReader::condition).toList(),
            fields.get("foreground", Values.BOOLEAN, false).orElse(false),
            fields.get("interface").map(i -> i.nameOf("lo or a name from \"interfaces\"", known)));
    fields.end();
    return activity;
  }

  private static Condition condition(Item item) {
    return item.as(Values.CONDITION, new Condition(Optional.empty(), true));
  }

  private Exchange exchange(Item item) {
    String name = item.nameOf("a name from \"traffic\"", traffic.keySet());
    return traffic.getOrDefault(name, NOTHING);
  }
}
