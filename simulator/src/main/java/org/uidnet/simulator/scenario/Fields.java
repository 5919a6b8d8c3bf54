package org.uidnet.simulator.scenario;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The keys at one place of a file. What was asked for is what is known there. */
final class Fields {
  private final Item owner;
  private final Map<String, Item> values = new LinkedHashMap<>();
  private final Map<String, Item> keys = new LinkedHashMap<>();
  private final Set<String> asked = new TreeSet<>();

  private final boolean readable;

  Fields(Item owner, List<NodeTuple> tuples) {
    this(owner, tuples, true);
  }

  private Fields(Item owner, List<NodeTuple> tuples, boolean readable) {
    this.owner = owner;
    this.readable = readable;
    tuples.forEach(this::add);
  }

  /** Those of something that has none, which was said already. */
  static Fields unreadable(Item owner) {
    return new Fields(owner, List.of(), false);
  }

  boolean isReadable() {
    return readable;
  }

  private void add(NodeTuple tuple) {
    Item key = new Item(owner.mistakes(), owner.path(), tuple.getKeyNode());
    if (!(tuple.getKeyNode() instanceof ScalarNode scalar)) {
      key.mistake("a key must be a word");
      return;
    }
    String name = scalar.getValue();
    String path = owner.path().isEmpty() ? name : owner.path() + "." + name;
    if (values.putIfAbsent(name, new Item(owner.mistakes(), path, tuple.getValueNode())) != null) {
      key.mistake("key \"%s\" is there twice".formatted(name));
    }
    keys.putIfAbsent(name, key);
  }

  /** All of them, where keys are names that the file gives. */
  Map<String, Item> all() {
    return values;
  }

  /** Where a key is, for mistakes about the name itself. */
  Item key(String name) {
    return keys.getOrDefault(name, owner);
  }

  Optional<Item> get(String key) {
    asked.add(key);
    return Optional.ofNullable(values.get(key));
  }

  <T> Optional<T> get(String key, Value<T> value, T otherwise) {
    return get(key).map(item -> item.as(value, otherwise));
  }

  <T> T required(String key, Value<T> value, T otherwise) {
    return required(key).map(item -> item.as(value, otherwise)).orElse(otherwise);
  }

  Optional<Item> required(String key) {
    Optional<Item> item = get(key);
    if (item.isEmpty() && readable) {
      owner.mistake("key \"%s\" is missing".formatted(key));
    }
    return item;
  }

  /** The list at a key, empty if there is none. */
  List<Item> list(String key) {
    return get(key).map(Item::items).orElse(List.of());
  }

  /** Says which keys nobody asked for. */
  void end() {
    keys.forEach(
        (name, key) -> {
          if (!asked.contains(name)) {
            key.mistake(
                "unknown key \"%s\"%s (known here: %s)"
                    .formatted(name, Mistakes.didYouMean(name, asked), String.join(", ", asked)));
          }
        });
  }
}
