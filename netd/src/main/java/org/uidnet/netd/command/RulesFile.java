package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.uidnet.api.model.Json;
import org.uidnet.api.model.OwnRulesDocument;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A file of own rules: YAML, a rule a line. It becomes the document of {@code /v1/rules}: rules are
 * told their lines, and names the UIDs that they stand for on this host.
 */
final class RulesFile {
  private static final String RULES = "rules";
  private static final Set<String> SUBJECTS = Set.of("allow", "deny");
  private static final Pattern NUMBERS = Pattern.compile("\\d{1,10}(-\\d{1,10})?");
  private static final int LONGEST = 1 << 20;

  private final Path path;
  private final Function<String, Optional<String>> uids;
  private final List<String> mistakes = new ArrayList<>();

  /** An alias is the node that it stands for, and may lead back to itself. */
  private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private RulesFile(Path path, Function<String, Optional<String>> uids) {
    this.path = path;
    this.uids = uids;
  }

  /**
   * Reads a file.
   *
   * @param uids what a name stands for, as numbers and ranges with spaces between
   * @throws CommandException if it is no such file, with all that is wrong with its form and names
   */
  static OwnRulesDocument read(Path path, Function<String, Optional<String>> uids) {
    return new RulesFile(path, uids).read();
  }

  private OwnRulesDocument read() {
    JsonNode document = json(root(text()));
    if (!mistakes.isEmpty()) {
      throw broken(String.join("\n" + path + ": ", mistakes));
    }
    try {
      return Json.strict().treeToValue(document, OwnRulesDocument.class);
    } catch (IOException e) {
      throw broken(firstLine(String.valueOf(e.getMessage())));
    }
  }

  private String text() {
    try {
      if (Files.size(path) > LONGEST) {
        throw broken("is longer than 1 MiB");
      }
      return Files.readString(path);
    } catch (NoSuchFileException e) {
      throw broken("there is no such file");
    } catch (AccessDeniedException e) {
      throw broken("this user may not read it");
    } catch (IOException e) {
      throw broken("cannot be read as text in UTF-8: " + e.getMessage());
    }
  }

  private Node root(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    try {
      Node root = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
      if (root == null) {
        throw broken("is empty; it needs a line 'rules:'");
      }
      return root;
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw broken("line " + line + ": " + e.getProblem());
    } catch (YAMLException e) {
      throw broken("is no YAML: " + Text.plain(firstLine(String.valueOf(e.getMessage()))));
    }
  }

  private CommandException broken(String why) {
    return new CommandException(ExitCode.BAD_USAGE, path + ": " + why);
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  private JsonNode json(Node node) {
    if (!(node instanceof ScalarNode) && !seen.add(node)) {
      throw broken("line " + line(node) + ": has an alias; write it out instead");
    }
    if (node instanceof MappingNode mapping) {
      return object(mapping);
    }
    if (node instanceof SequenceNode sequence) {
      ArrayNode all = JsonNodeFactory.instance.arrayNode();
      sequence.getValue().forEach(item -> all.add(json(item)));
      return all;
    }
    return scalar((ScalarNode) node);
  }

  private ObjectNode object(MappingNode mapping) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (NodeTuple entry : mapping.getValue()) {
      if (entry.getKeyNode() instanceof ScalarNode key) {
        set(object, key, entry.getValueNode());
      } else {
        mistakes.add("line %d: a key must be a word".formatted(line(entry.getKeyNode())));
      }
    }
    return object;
  }

  private void set(ObjectNode object, ScalarNode keyNode, Node value) {
    String key = keyNode.getValue();
    if (object.has(key)) {
      mistakes.add("line %d: '%s' is given twice".formatted(line(keyNode), key));
    }
    object.set(key, value(key, value));
  }

  private JsonNode value(String key, Node node) {
    if (key.equals(RULES) && node instanceof SequenceNode rules) {
      return rules(rules);
    }
    return SUBJECTS.contains(key) ? subjects(node) : json(node);
  }

  private ArrayNode rules(SequenceNode rules) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (Node rule : rules.getValue()) {
      JsonNode json = json(rule);
      if (json instanceof ObjectNode object) {
        object.put("line", line(rule));
      }
      all.add(json);
    }
    return all;
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  /** One subject needs no brackets. */
  private ArrayNode subjects(Node node) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    List<Node> items = node instanceof SequenceNode sequence ? sequence.getValue() : List.of(node);
    items.forEach(item -> all.add(subject(item)));
    return all;
  }

  private JsonNode subject(Node node) {
    JsonNode written = json(node);
    String text = written.asText();
    if (!written.isTextual() || text.equals("all") || NUMBERS.matcher(text).matches()) {
      return written;
    }
    Optional<String> known = uids.apply(text);
    if (known.isEmpty()) {
      mistakes.add(
          "line %d: this host has no %s"
              .formatted(
                  line(node),
                  text.startsWith("@")
                      ? "group '" + Text.plain(text.substring(1)) + "' with members"
                      : "user '" + Text.plain(text) + "'"));
    }
    return JsonNodeFactory.instance.objectNode().put("name", text).put("uids", known.orElse(""));
  }

  private static JsonNode scalar(ScalarNode node) {
    if (node.getTag().equals(Tag.BOOL)) {
      return BooleanNode.valueOf(
          Set.of("true", "yes", "on").contains(node.getValue().toLowerCase(Locale.ROOT)));
    }
    if (node.getTag().equals(Tag.INT) && NUMBERS.matcher(node.getValue()).matches()) {
      return LongNode.valueOf(Long.parseLong(node.getValue()));
    }
    return TextNode.valueOf(node.getValue());
  }
}
