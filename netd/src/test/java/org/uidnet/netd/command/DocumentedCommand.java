package org.uidnet.netd.command;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A command in a block of code of a document.
 *
 * @param line as it is written, without prompt, {@code sudo} and comment
 * @param exitCode what it ends with: 0, or what a comment {@code # exit 3} says
 * @param output what the document shows of its output
 */
record DocumentedCommand(String line, int exitCode, String output) {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\n(.*?)^```$");
  private static final Pattern SPAN = Pattern.compile("`(?:sudo )?(?:\\./)?(uidnet [^`]+)`");
  private static final Pattern EXIT = Pattern.compile("# exit (\\d)");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");
  private static final String PROMPT = "$ ";

  /** Those of a document's blocks that are in no other language. */
  static List<DocumentedCommand> inBlocks(String document) {
    return blocks(document, "").flatMap(block -> of(block).stream()).toList();
  }

  /** Those within sentences and tables; they have placeholders and are no examples to be run. */
  static List<String> inSentences(String document) {
    return SPAN.matcher(BLOCK.matcher(document).replaceAll(""))
        .results()
        .map(span -> span.group(1).replaceAll("\\s+", " "))
        .toList();
  }

  /** What stands in blocks of a language. */
  static Stream<String> blocks(String document, String language) {
    return BLOCK
        .matcher(document)
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2));
  }

  private static List<DocumentedCommand> of(String block) {
    String joined = block.replace("\\\n", " ");
    return joined.startsWith(PROMPT)
        ? withOutput(joined)
        : joined.lines().filter(line -> !line.isBlank()).map(line -> of(line, "")).toList();
  }

  private static List<DocumentedCommand> withOutput(String block) {
    List<DocumentedCommand> commands = new ArrayList<>();
    for (String part : block.substring(PROMPT.length()).split("(?m)^\\$ ")) {
      String[] lineAndOutput = part.split("\n", 2);
      commands.add(of(lineAndOutput[0], lineAndOutput.length > 1 ? lineAndOutput[1] : ""));
    }
    return commands;
  }

  private static DocumentedCommand of(String line, String output) {
    Matcher exit = EXIT.matcher(line);
    int code = exit.find() ? Integer.parseInt(exit.group(1)) : ExitCode.OK;
    String plain = line.replaceAll("\\s+# .*", "").replaceAll("^(sudo )?(\\./)?", "");
    return new DocumentedCommand(plain.strip(), code, output);
  }

  /** The first word. */
  String program() {
    return words().get(0);
  }

  /** Of {@code uidnet}, the command's; empty where there is none. */
  String name() {
    return program().equals("uidnet") && words().size() > 1 ? words().get(1) : "";
  }

  List<String> words() {
    return words(line);
  }

  /** As a shell parts them, of what documents use of its language. */
  static List<String> words(String line) {
    return WORD.matcher(line)
        .results()
        .map(
            word ->
                word.group(1) != null
                    ? word.group(1)
                    : word.group(2) != null ? word.group(2) : word.group(3))
        .toList();
  }
}
