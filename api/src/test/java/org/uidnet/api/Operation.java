package org.uidnet.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A route as {@code operations.txt} describes it to people.
 *
 * @param takes a record's class, or a media type; empty: no body
 * @param optional whether the body may be left out
 * @param required fields that it must have
 * @param answers a record's class, or media types
 * @param examples bodies that it takes
 */
record Operation(
    String method,
    String path,
    Optional<Content> takes,
    boolean optional,
    List<String> required,
    Content answers,
    String summary,
    List<String> examples) {

  /** A record in JSON, or other media types. */
  record Content(Optional<Class<?>> type, List<String> media) {
    private static Content of(String text) {
      if (text.contains("/")) {
        return new Content(Optional.empty(), List.of(text.split(", ")));
      }
      String name = "org.uidnet.api.model." + text.replace('.', '$');
      try {
        return new Content(Optional.of(Class.forName(name)), List.of("application/json"));
      } catch (ClassNotFoundException e) {
        throw new AssertionError("operations.txt names " + text + ", which is no record", e);
      }
    }
  }

  /** As the file has them. */
  static List<Operation> all() {
    List<Operation> all = new ArrayList<>();
    for (String line : lines("operations.txt")) {
      if (line.startsWith("  ")) {
        all.get(all.size() - 1).examples().add(line.strip());
      } else {
        all.add(of(line.split("\\|")));
      }
    }
    return all;
  }

  /** Those of a file that say something. */
  static List<String> lines(String resource) {
    try (InputStream in = Operation.class.getResourceAsStream(resource)) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Operation of(String[] columns) {
    String[] route = columns[0].strip().split(" +");
    String[] takes = columns[1].strip().split("[ (),]+");
    boolean none = takes[0].equals("-");
    return new Operation(
        route[0],
        route[1],
        none ? Optional.empty() : Optional.of(Content.of(takes[0].replace("?", ""))),
        takes[0].endsWith("?"),
        List.of(takes).subList(1, takes.length),
        Content.of(columns[2].strip()),
        columns[3].strip(),
        new ArrayList<>());
  }

  boolean isOf(Route route) {
    return route.method().equals(method) && route.path().equals(path);
  }

  /** What it takes and answers. */
  Stream<Class<?>> types() {
    return Stream.concat(takes.stream(), Stream.of(answers))
        .flatMap(content -> content.type().stream());
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
