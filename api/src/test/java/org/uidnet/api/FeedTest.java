package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.uidnet.api.Feed.Item;

class FeedTest {
  private long nanos = 1000;
  private final Feed<String> feed = new Feed<>(3, () -> nanos);

  /** What is heavy takes the place of many. */
  @Test
  void kept_isBoundedByWeight() {
    Feed<String> weighed = new Feed<>(5, String::length, () -> nanos);
    weighed.publish("a");
    weighed.publish("b");
    long second = nanos + 2;
    weighed.publish("four");
    Seen seen = new Seen();
    weighed.subscribe(seen, Optional.of(second - 1));
    assertThat(seen.all).containsExactly("b", "four");
  }

  private static final class Seen implements Feed.Subscriber<String> {
    private final List<String> all = new ArrayList<>();
    private long last;

    @Override
    public void event(Item<String> item) {
      assertThat(item.number()).isGreaterThan(last);
      last = item.number();
      all.add(item.value());
    }

    @Override
    public void gap() {
      all.add("gap");
    }
  }

  private Seen subscribe(Optional<Long> since) {
    Seen seen = new Seen();
    feed.subscribe(seen, since);
    return seen;
  }

  @Test
  void newSubscriber_isToldFromNowOn() {
    feed.publish("a");
    Seen seen = subscribe(Optional.empty());

    feed.publish("b");
    feed.publish("c");

    assertThat(seen.all).containsExactly("b", "c");
  }

  @Test
  void subscriberThatComesBack_catchesUp() {
    Seen before = subscribe(Optional.empty());
    feed.publish("a");
    feed.unsubscribe(before);
    feed.publish("b");
    feed.publish("c");

    Seen after = subscribe(Optional.of(before.last));
    feed.publish("d");

    assertThat(before.all).containsExactly("a");
    assertThat(after.all).containsExactly("b", "c", "d");
  }

  @Test
  void subscriberThatMissedNothing_isToldNothing() {
    Seen before = subscribe(Optional.empty());
    feed.publish("a");

    assertThat(subscribe(Optional.of(before.last)).all).isEmpty();
  }

  @Test
  void subscriberThatComesBackTooLate_isToldOfAGap() {
    Seen before = subscribe(Optional.empty());
    feed.publish("a");
    feed.unsubscribe(before);
    List.of("b", "c", "d", "e").forEach(feed::publish);

    assertThat(subscribe(Optional.of(before.last)).all).containsExactly("gap", "c", "d", "e");
  }

  /** What happened while there was no daemon nobody knows. */
  @Test
  void subscriberOfAnEarlierDaemon_isToldOfAGap() {
    Seen before = subscribe(Optional.empty());
    feed.publish("a");
    nanos += 50;
    Feed<String> next = new Feed<>(3, () -> nanos);
    next.publish("b");
    Seen after = new Seen();

    next.subscribe(after, Optional.of(before.last));

    assertThat(after.all).containsExactly("gap", "b");
  }

  @Test
  void isHeard_whileThereAreSubscribers() {
    assertThat(feed.isHeard()).isFalse();
    Seen seen = subscribe(Optional.empty());
    assertThat(feed.isHeard()).isTrue();

    feed.unsubscribe(seen);

    assertThat(feed.isHeard()).isFalse();
  }
}
