package org.uidnet.simulator.scenario;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * One place in a file: a value, a list or keys.
 *
 * @param path how to say where it is, such as {@code users.root.does[1].at}
 */
record Item(Mistakes mistakes, String path, Node node) {

  /** The value, or the other one after a mistake. */
  <T> T as(Value<T> value, T otherwise) {
    if (!(node instanceof ScalarNode scalar)) {
      mistake("found %s, expected %s".formatted(shape(), value.expected()));
      return otherwise;
    }
    String text = scalar.getValue().strip();
    return value
        .parse()
        .apply(text)
        .orElseGet(
            () -> {
              mistake("found \"%s\", expected %s".formatted(text, value.expected()));
              return otherwise;
            });
  }

  /** A word that is the name of something. */
  String nameOf(String what, Collection<String> known) {
    String name = as(Values.TEXT, "");
    if (!name.isEmpty() && !known.contains(name)) {
      mistake(
          "found \"%s\", expected %s%s".formatted(name, what, Mistakes.didYouMean(name, known)));
    }
    return name;
  }

  /** Those of a list; one that is no list is a list of itself. */
  List<Item> items() {
    if (!(node instanceof SequenceNode sequence)) {
      return List.of(this);
    }
    List<Item> items = new ArrayList<>();
    for (Node child : sequence.getValue()) {
      items.add(new Item(mistakes, "%s[%d]".formatted(path, items.size()), child));
    }
    return items;
  }

  /** Its keys; none after a mistake. */
  Fields fields() {
    if (node instanceof MappingNode mapping) {
      return new Fields(this, mapping.getValue());
    }
    if (isEmpty()) {
      return new Fields(this, List.of());
    }
    mistake("found %s, expected keys".formatted(shape()));
    return Fields.unreadable(this);
  }

  void mistake(String text) {
    mistakes.add(node.getStartMark(), path.isEmpty() ? text : path + ": " + text);
  }

  private boolean isEmpty() {
    return node instanceof ScalarNode scalar && scalar.isPlain() && scalar.getValue().isEmpty();
  }

  private String shape() {
    if (node instanceof ScalarNode scalar) {
      return '"' + scalar.getValue() + '"';
    }
    return node instanceof SequenceNode ? "a list" : "keys";
  }
}
