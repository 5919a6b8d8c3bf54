package org.uidnet.simulator.scenario;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A kind of value in a file.
 *
 * @param expected what to say when a text is none, with an example
 * @param parse empty if the text is none
 */
record Value<T>(String expected, Function<String, Optional<T>> parse) {
  /** One of the constants, written in lower case with dashes. */
  static <E extends Enum<E>> Value<E> oneOf(Class<E> type, Collection<E> allowed) {
    List<String> words = allowed.stream().map(Value::word).toList();
    return oneOf("one of " + String.join(", ", words), words)
        .map(word -> Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_')));
  }

  /** One of the words. */
  static Value<String> oneOf(String expected, Collection<String> words) {
    return new Value<>(expected, text -> Optional.of(text).filter(words::contains));
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static String quoted(Collection<String> words) {
    return words.stream().map(word -> '"' + word + '"').collect(Collectors.joining(", "));
  }

  <U> Value<U> map(Function<T, U> then) {
    return new Value<>(expected, text -> parse.apply(text).map(then));
  }
}
