package org.uidnet.simulator.world;

import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.uidnet.simulator.scenario.Exchange;

/** Echo requests, one a second, each with its answer. */
final class PingConversation extends Conversation {
  /** What {@code ping} sends. */
  private static final int DEFAULT_PAYLOAD = 56;

  private final int payload;

  PingConversation(Link link, Exchange exchange, SplittableRandom random, boolean ipv6) {
    super(link, requests(exchange), random, Header.ping(ipv6, true), Header.ping(ipv6, false));
    payload = exchange.packet().orElse(DEFAULT_PAYLOAD);
  }

  /** What comes back is the answers and nothing else. */
  private static Exchange requests(Exchange exchange) {
    return new Exchange(
        exchange.name(),
        0,
        exchange.up(),
        exchange.rate(),
        exchange.over(),
        OptionalInt.of(exchange.packet().orElse(DEFAULT_PAYLOAD)),
        exchange.server());
  }

  @Override
  int burst() {
    return 1;
  }

  @Override
  boolean acknowledge(NetworkDevice device, boolean wasSent) {
    return receive(device, payload, payload);
  }

  @Override
  long pause(long moved) {
    return TimeUnit.SECONDS.toNanos(1);
  }
}
