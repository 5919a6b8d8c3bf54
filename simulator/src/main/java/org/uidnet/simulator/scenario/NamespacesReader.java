package org.uidnet.simulator.scenario;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Reads the network namespaces. */
final class NamespacesReader {
  private final Set<String> taken = new HashSet<>();
  private final List<NamespaceSpec> specs = new ArrayList<>();

  NamespacesReader(List<InterfaceSpec> interfaces) {
    interfaces.forEach(spec -> taken.add(spec.name()));
  }

  List<NamespaceSpec> read(Item item) {
    Fields fields = item.fields();
    fields.all().forEach((key, body) -> read(fields.key(key), body));
    return specs;
  }

  private void read(Item key, Item body) {
    Names names = key.as(Names.VALUE, Names.NONE);
    Fields fields = body.fields();
    Value<Long> owners = Values.number(1, ScenarioReader.HIGHEST_UID + 1 - names.count());
    long owner = fields.get("owner", owners, 0L).orElse(0L);
    fields.end();
    for (int i = 0; i < names.count(); i++) {
      NamespaceSpec spec =
          new NamespaceSpec(
              names.get(i), owner == 0 ? OptionalLong.empty() : OptionalLong.of(owner + i));
      check(key, spec);
      specs.add(spec);
    }
  }

  private void check(Item key, NamespaceSpec spec) {
    if (!spec.hostInterface().matches(ScenarioReader.INTERFACE_NAME)) {
      key.mistake(
          "\"%s\" is no interface name; expected 1 to 10 characters after \"veth-\""
              .formatted(spec.hostInterface()));
    }
    if (!taken.add(spec.name()) || !taken.add(spec.hostInterface())) {
      key.mistake("there is already an interface or a namespace \"%s\"".formatted(spec.name()));
    }
  }
}
