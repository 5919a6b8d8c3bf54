package org.uidnet.netd.doctor;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Puts words such as {@code user-1f09a2} in the place of whatever tells of people, places and
 * secrets. Equal things get equal words within one bundle, by a salt that nobody keeps; so two
 * bundles cannot be compared, and no word can be traced back.
 *
 * <p>Names that are known to the host are found anywhere, also within other words. What has a shape
 * of its own is found without being known: addresses, home directories, mail addresses, tokens.
 * Loopback addresses stay: every host has them.
 */
public final class Redaction {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int WORD_BYTES = 3;

  /** Shorter names are found as whole words only: {@code al} is part of too many. */
  private static final int FOUND_ANYWHERE = 4;

  private static final String BYTE = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";
  private static final String DOTTED = "(?:" + BYTE + "\\.){3}" + BYTE;
  private static final String HEX = "[0-9A-Fa-f]";
  private static final String SECRET_KEY =
      "(?iu:passw(?:or)?d|secret|token|credentials?|api[-_]?key)[\"']?\\s{0,2}[=:]\\s{0,2}";

  /** What a path is written in, up to where a sentence or a value goes on. */
  private static final String REST_OF_PATH = "[^\\s\"'`,;:)\\]]*";

  /** What is replaced, in the order in which it is looked for at each place. */
  public enum Kind {
    /** A password or a token: after such a key, in a URL with a user, or of our tokens' shape. */
    SECRET(
        "(?<="
            + SECRET_KEY
            + ")[\"']?[^\\s\"',;]+"
            + "|(?<=(?iu:bearer|basic)\\s)[\\w.~+/=-]{8,}"
            + "|(?<=://)[^\\s/@\"']*@[^\\s/?\"']+"
            + "|(?<=export-host(?:[=:]\\s?|\\s))\\S+"
            + "|(?<![\\w-])(?=[\\w-]*\\d)(?=[\\w-]*[a-z])(?=[\\w-]*[A-Z])[\\w-]{43}(?![\\w-])"),
    /** A directory below somebody's home. */
    HOME("(?:/home/|/Users/|/root/)" + REST_OF_PATH),
    /** Of a network, as its owner called it. */
    NETWORK(""),
    /** Of this host. */
    HOST(""),
    /** Of a custom chain, a rule or a quota. */
    RULE(""),
    MAIL("[\\w.+%-]*\\w@\\p{L}[\\w-]*(?:\\.[\\w-]+)+"),
    MAC("(?<![\\w:])(?:" + HEX + "{2}:){5}" + HEX + "{2}(?![\\w:])"),
    IPV6(
        "(?<![\\w:.])(?!0?::1?(?![0-9A-Fa-f:.]))"
            + ("(?=[0-9A-Fa-f:]*::|(?:" + HEX + "{1,4}:){7})")
            + ("(?:" + HEX + "{0,4}:){2,7}(?:" + DOTTED + "|" + HEX + "{0,4})")
            + "(?![\\w:])"),
    IPV4("(?<![\\d.])(?!127\\.|0\\.0\\.0\\.0)" + DOTTED + "(?!\\.?\\d)"),
    /** Of somebody who uses this host. */
    USER("");

    private final String shape;

    /**
     * @param shape empty: only those that are known
     */
    Kind(String shape) {
      this.shape = shape;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Something that must not be told. */
  public record Known(Kind kind, String text) {}

  private final byte[] salt;
  private final List<Kind> kinds;
  private final Pattern sought;

  /**
   * For one bundle.
   *
   * @param salt random, of one bundle
   */
  public Redaction(byte[] salt, Collection<Known> known) {
    this.salt = salt.clone();
    Map<Kind, String> patterns = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      pattern(kind, textsOf(kind, known)).ifPresent(pattern -> patterns.put(kind, pattern));
    }
    kinds = List.copyOf(patterns.keySet());
    sought = Pattern.compile(String.join("|", patterns.values()));
  }

  private static List<String> textsOf(Kind kind, Collection<Known> known) {
    return known.stream()
        .filter(one -> one.kind() == kind && !one.text().isBlank())
        .map(Known::text)
        .distinct()
        .toList();
  }

  private static Optional<String> pattern(Kind kind, List<String> known) {
    String rest = kind == Kind.HOME ? REST_OF_PATH : "";
    return Stream.concat(byFirstLetter(known).map(some -> some + rest), Stream.of(kind.shape))
        .filter(one -> !one.isEmpty())
        .reduce((one, other) -> one + "|" + other)
        .map(all -> "(" + all + ")");
  }

  /** A host may have thousands of users; most places of a text begin like none of them. */
  private static Stream<String> byFirstLetter(List<String> known) {
    return known.stream()
        .collect(groupingBy(text -> Character.toString(text.codePointAt(0))))
        .entrySet()
        .stream()
        .map(group -> anyOf(group.getKey(), group.getValue()));
  }

  private static String anyOf(String firstLetter, List<String> texts) {
    return texts.stream()
        .sorted(Comparator.comparingInt(String::length).reversed())
        .map(Redaction::literal)
        .collect(joining("|", "(?iu:(?=" + Pattern.quote(firstLetter) + ")(?:", "))"));
  }

  private static String literal(String text) {
    String quoted = Pattern.quote(text);
    return text.length() >= FOUND_ANYWHERE
        ? quoted
        : "(?<![\\p{L}\\p{N}])" + quoted + "(?![\\p{L}\\p{N}])";
  }

  /** The text, and nothing in it that tells of somebody. */
  public String apply(String text) {
    return sought.matcher(text).replaceAll(this::replacement);
  }

  /** The groups of the pattern are the kinds. */
  private String replacement(MatchResult found) {
    int kind = 0;
    while (found.group(kind + 1) == null) {
      kind++;
    }
    return word(kinds.get(kind), found.group());
  }

  /** The same in each text of a document, and in the names of its fields. */
  public JsonNode apply(JsonNode node) {
    if (node.isObject()) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      node.properties()
          .forEach(field -> object.set(apply(field.getKey()), apply(field.getValue())));
      return object;
    }
    if (node.isArray()) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      node.forEach(element -> array.add(apply(element)));
      return array;
    }
    return node.isTextual() ? TextNode.valueOf(apply(node.textValue())) : node;
  }

  /** What stands for a text of which the kind is known. */
  public String word(Kind kind, String text) {
    byte[] hash = hash(kind.word() + text.toLowerCase(Locale.ROOT));
    return kind.word() + "-" + HexFormat.of().formatHex(hash, 0, WORD_BYTES);
  }

  private byte[] hash(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(salt, ALGORITHM));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
