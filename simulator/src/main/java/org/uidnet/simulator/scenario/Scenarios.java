package org.uidnet.simulator.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** The scenarios that come with the simulator, and those in files. */
public final class Scenarios {
  private static final List<String> NAMES = List.of("phone", "server", "hostile");

  private Scenarios() {}

  /** Of the shipped ones. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * One of those shipped.
   *
   * @throws IllegalArgumentException when there is none of that name
   */
  public static Scenario shipped(String name) {
    return parse(name + ".yaml", shippedText(name));
  }

  /** The file of a shipped one, to start an own one from. */
  public static String shippedText(String name) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "No scenario \"%s\" is shipped; there are: %s".formatted(name, String.join(", ", NAMES)));
    }
    return resource(name + ".yaml");
  }

  /**
   * One in a file.
   *
   * @throws ScenarioException naming every mistake in it
   * @throws UncheckedIOException when it cannot be read
   */
  public static Scenario read(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("Reading scenario " + file + ": " + e, e);
    }
  }

  /**
   * One in a text.
   *
   * @param file what its mistakes call it
   */
  static Scenario parse(String file, String text) {
    Mistakes mistakes = new Mistakes(file);
    Scenario scenario = new ScenarioReader(root(text, mistakes)).read();
    mistakes.throwIfAny();
    return scenario;
  }

  /** Nodes only: no Java object is made by what a file says. */
  private static Item root(String text, Mistakes mistakes) {
    try {
      Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
      if (root == null) {
        throw mistakes.fatal(null, "the file is empty; docs/scenarios.md says what it may contain");
      }
      return new Item(mistakes, "", root);
    } catch (MarkedYAMLException e) {
      throw mistakes.fatal(e.getProblemMark(), "this is not YAML: " + e.getProblem());
    } catch (YAMLException e) {
      throw mistakes.fatal(null, "this is not YAML: " + e.getMessage());
    }
  }

  private static String resource(String name) {
    try (InputStream stream = Scenarios.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException(name + " is missing in this build");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
