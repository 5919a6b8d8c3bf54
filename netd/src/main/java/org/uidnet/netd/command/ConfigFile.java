package org.uidnet.netd.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A configuration file as it was read: YAML, one key a line, no nesting.
 *
 * @param values by key, as they would stand on the command line
 * @param mistakes what is wrong with its form, one sentence each
 */
record ConfigFile(Path path, Map<String, String> values, List<String> mistakes) {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  ConfigFile {
    values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
    mistakes = List.copyOf(mistakes);
  }

  static ConfigFile none() {
    return new ConfigFile(Path.of("none"), Map.of(), List.of());
  }

  static ConfigFile read(Path path) {
    try {
      return of(path, YAML.readTree(Files.readString(path)));
    } catch (JsonProcessingException e) {
      return broken(path, e.getOriginalMessage().lines().findFirst().orElse("") + at(e));
    } catch (NoSuchFileException e) {
      return broken(path, "there is no such file");
    } catch (AccessDeniedException e) {
      return broken(path, "this user may not read it");
    } catch (IOException e) {
      return broken(path, "cannot be read as text in UTF-8: " + e.getMessage());
    }
  }

  private static String at(JsonProcessingException e) {
    return e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
  }

  private static ConfigFile broken(Path path, String why) {
    return new ConfigFile(path, Map.of(), List.of(path + ": " + why));
  }

  private static ConfigFile of(Path path, JsonNode root) {
    if (root.isMissingNode() || root.isNull()) {
      return new ConfigFile(path, Map.of(), List.of());
    }
    if (!root.isObject()) {
      return broken(path, "expected lines such as 'poll-interval: 10s'");
    }
    Map<String, String> values = new LinkedHashMap<>();
    List<String> mistakes = new ArrayList<>();
    root.properties()
        .forEach(
            entry -> {
              if (isValue(entry.getValue())) {
                values.put(entry.getKey(), entry.getValue().asText());
              } else {
                mistakes.add(path + ": " + entry.getKey() + ": needs one value");
              }
            });
    return new ConfigFile(path, values, mistakes);
  }

  private static boolean isValue(JsonNode node) {
    return node.isValueNode() && !node.isNull() && !node.asText().isBlank();
  }
}
