package org.uidnet.firewall;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When something temporary ends. Stored as {@link #text}. */
sealed interface Expiry {
  boolean isOver(Moment now);

  /** Time that is left; empty: until the next boot. */
  Optional<Duration> left(Moment now);

  String text();

  /** About when by the wall clock of now. */
  default Optional<Instant> about(Moment now) {
    return left(now).map(now.wall()::plus);
  }

  /** What lasts until the next boot ends last. */
  default boolean endsBefore(Expiry other, Moment now) {
    return left(now)
        .map(left -> other.left(now).map(others -> left.compareTo(others) < 0).orElse(true))
        .orElse(false);
  }

  static Expiry of(Lifetime lifetime, Moment now) {
    if (lifetime instanceof Lifetime.For time) {
      return after(time.duration(), now);
    }
    return lifetime instanceof Lifetime.Until until
        ? new At(until.end())
        : new AtReboot(now.bootId());
  }

  static Expiry after(Duration time, Moment now) {
    return new Elapsed(now.bootId(), now.bootNanos() + time.toNanos(), now.wall().plus(time));
  }

  static Expiry parse(String text) {
    List<String> words = List.of(text.split(" "));
    return switch (words.get(0)) {
      case "after" ->
          new Elapsed(words.get(1), Long.parseLong(words.get(2)), Instant.parse(words.get(3)));
      case "at" -> new At(Instant.parse(words.get(1)));
      case "reboot" -> new AtReboot(words.get(1));
      default -> throw new IllegalArgumentException("no expiry: " + text);
    };
  }

  /**
   * The boot's clock decides as long as that boot lasts, then the wall clock: there is no other.
   */
  record Elapsed(String bootId, long bootNanos, Instant wall) implements Expiry {
    @Override
    public boolean isOver(Moment now) {
      return left(now).orElseThrow().compareTo(Duration.ZERO) <= 0;
    }

    @Override
    public Optional<Duration> left(Moment now) {
      return Optional.of(
          now.bootId().equals(bootId)
              ? Duration.ofNanos(bootNanos - now.bootNanos())
              : Duration.between(now.wall(), wall));
    }

    @Override
    public String text() {
      return "after " + bootId + " " + bootNanos + " " + wall;
    }
  }

  /** The wall clock decides. */
  record At(Instant wall) implements Expiry {
    @Override
    public boolean isOver(Moment now) {
      return !now.wall().isBefore(wall);
    }

    @Override
    public Optional<Duration> left(Moment now) {
      return Optional.of(Duration.between(now.wall(), wall));
    }

    @Override
    public String text() {
      return "at " + wall;
    }
  }

  /** Ends with the boot. */
  record AtReboot(String bootId) implements Expiry {
    @Override
    public boolean isOver(Moment now) {
      return !now.bootId().equals(bootId);
    }

    @Override
    public Optional<Duration> left(Moment now) {
      return Optional.empty();
    }

    @Override
    public String text() {
      return "reboot " + bootId;
    }
  }
}
