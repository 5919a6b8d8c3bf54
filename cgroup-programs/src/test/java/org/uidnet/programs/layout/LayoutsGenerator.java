package org.uidnet.programs.layout;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.uidnet.programs.layout.StructLayout.Field;
import org.uidnet.programs.object.Btf;
import org.uidnet.programs.object.MapSpec;
import org.uidnet.programs.object.ProgramObject;

/**
 * Writes {@code Layouts.java} from the types of the compiled object: every named enum, and every
 * struct that is the key or the value of a map, or an event.
 *
 * <p>The text is formatted as google-java-format would.
 */
final class LayoutsGenerator {
  private static final int MAX_COLUMNS = 100;

  private static final String HEAD =
      """
      package org.uidnet.programs.layout;

      import java.util.List;
      import org.uidnet.programs.layout.StructLayout.Field;

      /**
       * Constants and layouts of {@code layout.h}, generated from the compiled object.
       *
       * <p>Not to be edited: {@code LayoutsTest} says how to write it anew.
       */
      public final class Layouts {
      """;

  private static final String TAIL =
      """
        private Layouts() {}
      }
      """;

  private final Btf types;
  private final List<MapSpec> maps;

  private LayoutsGenerator(ProgramObject object) {
    this.types = object.types();
    this.maps = object.maps();
  }

  static String generate(ProgramObject object) {
    return new LayoutsGenerator(object).text();
  }

  private String text() {
    String enums =
        types.enumNames().stream().map(this::constants).collect(Collectors.joining("\n"));
    String structs = structs().map(LayoutsGenerator::layout).collect(Collectors.joining("\n"));
    return HEAD + enums + "\n" + structs + "\n" + TAIL;
  }

  private String constants(String enumName) {
    return types.enumConstants(enumName).entrySet().stream()
        .map(LayoutsGenerator::constant)
        .collect(Collectors.joining("", "  // enum " + enumName + "\n", ""));
  }

  private static String constant(Map.Entry<String, Long> constant) {
    long value = constant.getValue();
    return value == (int) value
        ? "  public static final int %s = %d;\n".formatted(constant.getKey(), value)
        : "  public static final long %s = 0x%xL;\n".formatted(constant.getKey(), value);
  }

  /** Records of a ring buffer have no type in its map. */
  private Stream<StructLayout> structs() {
    return Stream.concat(keysAndValues(), Stream.of("event", "trace").map(types::structLayout));
  }

  private Stream<StructLayout> keysAndValues() {
    return maps.stream()
        .filter(map -> map.constants().isEmpty())
        .flatMapToInt(map -> IntStream.of(map.btfKeyTypeId(), map.btfValueTypeId()))
        .filter(type -> type != 0)
        .mapToObj(types::structLayout)
        .flatMap(Optional::stream)
        .distinct();
  }

  private static String layout(StructLayout layout) {
    return "  /** {@code struct %s}. */\n  public static final StructLayout %s =\n%s"
        .formatted(layout.name(), layout.name().toUpperCase(Locale.ROOT), expression(layout));
  }

  /** The first of five ways to break the lines in which they fit. */
  private static String expression(StructLayout layout) {
    List<String> fields = layout.fields().stream().map(LayoutsGenerator::field).toList();
    String inOneLine = String.join(", ", fields);
    String list = "List.of(" + inOneLine + ")";
    String indented = "List.of(\n" + indent(14) + inOneLine + ")";
    String brokenList = "List.of(\n" + indent(14) + String.join(",\n" + indent(14), fields) + ")";
    return Stream.of(
            newLayout(layout, "", " ", list),
            newLayout(layout, "\n" + indent(10), " ", list),
            newLayout(layout, "\n" + indent(10), "\n" + indent(10), list),
            newLayout(layout, "\n" + indent(10), "\n" + indent(10), indented),
            newLayout(layout, "\n" + indent(10), "\n" + indent(10), brokenList))
        .filter(text -> text.lines().allMatch(line -> line.length() <= MAX_COLUMNS))
        .findFirst()
        .orElseThrow();
  }

  private static String newLayout(StructLayout layout, String first, String next, String fields) {
    return indent(6)
        + "new StructLayout(%s\"%s\",%s%d,%s%s);\n"
            .formatted(first, layout.name(), next, layout.size(), next, fields);
  }

  private static String field(Field field) {
    return "new Field(\"%s\", %d, %d)".formatted(field.name(), field.offset(), field.size());
  }

  private static String indent(int columns) {
    return " ".repeat(columns);
  }
}
