package org.uidnet.simulator.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.uidnet.simulator.scenario.Incident.ClockJump;
import org.uidnet.simulator.scenario.Incident.Reboot;
import org.uidnet.simulator.scenario.Incident.Recreate;
import org.uidnet.simulator.scenario.Incident.Suspend;

/** Reads what goes wrong. */
final class IncidentReader {
  private static final Value<String> WHAT =
      Value.oneOf(
          "one of reboot, suspend, clock-jump, recreate",
          Set.of("reboot", "suspend", "clock-jump", "recreate"));
  private static final Value<Boolean> IFINDEX =
      Value.oneOf("same or new", List.of("same", "new")).map("same"::equals);

  private final Set<String> recreatable = new TreeSet<>();

  IncidentReader(List<InterfaceSpec> interfaces, List<NamespaceSpec> namespaces) {
    interfaces.forEach(spec -> recreatable.add(spec.name()));
    namespaces.forEach(spec -> recreatable.add(spec.name()));
  }

  List<Incident> read(List<Item> items) {
    List<Incident> incidents = new ArrayList<>();
    items.forEach(item -> read(item).ifPresent(incidents::add));
    return incidents;
  }

  private Optional<Incident> read(Item item) {
    Fields fields = item.fields();
    String what = fields.required("do", WHAT, "");
    if (what.isEmpty()) {
      return Optional.empty();
    }
    Schedule schedule = ScheduleReader.schedule(item, fields);
    Incident incident =
        switch (what) {
          case "reboot" -> new Reboot(schedule, takes(fields, Duration.ofSeconds(40)));
          case "suspend" ->
              new Suspend(
                  schedule, fields.required("takes", Values.INTERVAL, Duration.ofSeconds(1)));
          case "clock-jump" ->
              new ClockJump(
                  schedule,
                  takes(fields, Duration.ZERO),
                  fields.required("by", Values.SIGNED_DURATION, Duration.ZERO));
          default ->
              new Recreate(
                  schedule,
                  takes(fields, Duration.ofSeconds(1)),
                  fields.required("what").map(this::names).orElse(List.of()),
                  fields.get("ifindex", IFINDEX, false).orElse(false));
        };
    fields.end();
    return Optional.of(incident);
  }

  private static Duration takes(Fields fields, Duration otherwise) {
    return fields.get("takes", Values.DURATION, otherwise).orElse(otherwise);
  }

  private List<String> names(Item item) {
    List<String> names = item.as(Names.VALUE, Names.NONE).all();
    for (String name : names) {
      if (!recreatable.contains(name)) {
        item.mistake(
            "found \"%s\", expected a name from \"interfaces\" or \"namespaces\"%s"
                .formatted(name, Mistakes.didYouMean(name, recreatable)));
        break;
      }
    }
    return names;
  }
}
