package org.uidnet.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jetty.util.Fields;

/** The parameters after the question mark, decoded. */
record Query(Map<String, List<String>> parameters) {

  static Query of(Fields fields) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    fields.forEach(field -> parameters.put(field.getName(), field.getValues()));
    return new Query(parameters);
  }

  /** Refuses parameters that a route does not know: a mistyped filter must not widen an answer. */
  void refuseUnknown(Set<String> known) {
    for (String name : parameters.keySet()) {
      if (!known.contains(name)) {
        throw Refusal.badField(name, "Unknown parameter '" + name + "'; " + choice(known));
      }
    }
  }

  /** A parameter that is given once or not at all. */
  Optional<String> one(String name) {
    List<String> values = parameters.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw Refusal.badField(name, "Parameter '" + name + "' is given more than once.");
    }
    if (values.contains("")) {
      throw Refusal.badField(name, "Parameter '" + name + "' is empty.");
    }
    return values.stream().findFirst();
  }

  /** All values of a parameter that may be repeated, whatever characters they have. */
  List<String> all(String name) {
    List<String> values = parameters.getOrDefault(name, List.of());
    if (values.contains("")) {
      throw Refusal.badField(name, "Parameter '" + name + "' is empty.");
    }
    return values;
  }

  /** A parameter that is a list, parted by commas, repeated, or both. */
  List<String> list(String name) {
    List<String> items =
        parameters.getOrDefault(name, List.of()).stream()
            .flatMap(value -> Stream.of(value.split(",", -1)))
            .map(String::strip)
            .toList();
    if (items.contains("")) {
      throw Refusal.badField(name, "Parameter '" + name + "' has an empty item.");
    }
    return items;
  }

  private static String choice(Set<String> known) {
    return known.isEmpty()
        ? "there are none here."
        : "known are " + String.join(", ", known.stream().sorted().toList()) + ".";
  }
}
