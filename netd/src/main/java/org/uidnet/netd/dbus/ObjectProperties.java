package org.uidnet.netd.dbus;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.types.Variant;

/**
 * Properties of one object on the bus, as its service tells them. One that is missing or of another
 * type than is documented is the service's mistake: a {@link BusException} that names it.
 *
 * @param iface whose properties these are
 */
record ObjectProperties(String iface, Map<String, Object> values) {
  /** Where there is no object, as D-Bus says it: {@code /}. */
  private static final String NOWHERE = "/";

  /** Of an answer to {@code GetAll}. */
  static ObjectProperties of(String iface, Map<?, ?> answer) {
    Map<String, Object> values = new LinkedHashMap<>();
    answer.forEach(
        (name, value) -> {
          if (value instanceof Variant<?> variant) {
            values.put(String.valueOf(name), variant.getValue());
          }
        });
    return new ObjectProperties(iface, values);
  }

  boolean flag(String name) {
    return required(name, Boolean.class);
  }

  /** One that older versions of the service do not have. */
  boolean flag(String name, boolean otherwise) {
    return find(name, Boolean.class).orElse(otherwise);
  }

  double number(String name) {
    return required(name, Number.class).doubleValue();
  }

  /** One that older versions of the service do not have. */
  long number(String name, long otherwise) {
    return find(name, Number.class).map(Number::longValue).orElse(otherwise);
  }

  String text(String name) {
    return required(name, String.class);
  }

  Optional<String> path(String name) {
    return somewhere(required(name, DBusPath.class));
  }

  /** The object of a pair of its name and its path. */
  Optional<String> namedPath(String name) {
    Object[] pair = required(name, Object[].class);
    if (pair.length == 2 && pair[1] instanceof DBusPath path) {
      return somewhere(path);
    }
    throw wrong(name, "no name with a path");
  }

  List<String> paths(String name) {
    Collection<?> items = required(name, Collection.class);
    return items.stream().map(path -> path(name, path)).toList();
  }

  private String path(String name, Object item) {
    if (item instanceof DBusPath path) {
      return path.getPath();
    }
    throw wrong(name, "no list of paths");
  }

  private static Optional<String> somewhere(DBusPath path) {
    return Optional.of(path.getPath()).filter(text -> !text.equals(NOWHERE));
  }

  private <T> T required(String name, Class<T> type) {
    return find(name, type).orElseThrow(() -> wrong(name, "missing"));
  }

  private <T> Optional<T> find(String name, Class<T> type) {
    Optional<Object> value = Optional.ofNullable(values.get(name));
    if (value.isPresent() && !type.isInstance(value.get())) {
      throw wrong(name, "'" + value.get() + "', which is no " + type.getSimpleName());
    }
    return value.map(type::cast);
  }

  private BusException wrong(String name, String how) {
    return new BusException("property %s of %s is %s".formatted(name, iface, how));
  }
}
