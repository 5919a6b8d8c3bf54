package org.uidnet.simulator.world;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.uidnet.simulator.scenario.Exchange;

/**
 * What one socket says and hears from its first packet to its last, some packets at a time. A
 * packet that is dropped, or a missing network, makes it wait and try again, each time longer, and
 * give up in the end.
 */
abstract class Conversation {
  /** Nothing more will happen. */
  static final long OVER = -1;

  private static final int MOST_TRIES = 6;
  private static final long FIRST_RETRY = TimeUnit.SECONDS.toNanos(1);

  /** IPv4's, and about IPv6's without jumbograms. */
  private static final int LONGEST_PACKET = 65_535;

  final Link link;
  final Exchange exchange;
  private final SplittableRandom random;
  private final Header out;
  private final Header in;
  private final long down;
  private final long up;
  private long downLeft;
  private long upLeft;
  private boolean open;
  private int tries;

  Conversation(Link link, Exchange exchange, SplittableRandom random, Header out, Header in) {
    this.link = link;
    this.exchange = exchange;
    this.random = random;
    this.out = out;
    this.in = in;
    down = Randoms.about(exchange.down(), random);
    up = Randoms.about(exchange.up(), random);
    downLeft = down;
    upLeft = up;
  }

  /** What comes before the first byte; false if a packet was dropped. */
  boolean open(NetworkDevice device) {
    return true;
  }

  /** Answers a burst. */
  abstract boolean acknowledge(NetworkDevice device, boolean wasSent);

  /** Packets before the others get their turn: the larger, the fewer events. */
  int burst() {
    return 4;
  }

  /** What comes after the last byte. */
  void close(NetworkDevice device) {}

  /** Lets some packets pass; nanoseconds until it wants to go on, or {@link #OVER}. */
  final long step() {
    Optional<NetworkDevice> device = link.device();
    long before = downLeft + upLeft;
    boolean passed = device.isPresent() && goOn(device.get());
    long moved = before - downLeft - upLeft;
    if (!passed) {
      return retry();
    }
    tries = 0;
    if (downLeft + upLeft == 0) {
      close(device.get());
      return OVER;
    }
    return pause(moved);
  }

  private long retry() {
    tries++;
    return tries > MOST_TRIES ? OVER : FIRST_RETRY << tries;
  }

  long pause(long moved) {
    return Math.max(1, moved * TimeUnit.SECONDS.toNanos(1) / exchange.rate());
  }

  private boolean goOn(NetworkDevice device) {
    if (!open) {
      open = open(device);
      return open;
    }
    boolean send = sendsNext();
    for (int i = 0; i < burst() && (send ? upLeft : downLeft) > 0; i++) {
      if (!pass(device, send)) {
        return false;
      }
    }
    return acknowledge(device, send);
  }

  /** Both directions end at about the same time. */
  private boolean sendsNext() {
    return (double) upLeft * down > (double) downLeft * up || downLeft == 0;
  }

  private boolean pass(NetworkDevice device, boolean send) {
    int segment = segment(device);
    int payload = (int) Math.min(send ? upLeft : downLeft, payload(segment));
    boolean passed = send ? send(device, payload, segment) : receive(device, payload, segment);
    if (passed && send) {
      upLeft -= payload;
    } else if (passed) {
      downLeft -= payload;
    }
    return passed;
  }

  private int segment(NetworkDevice device) {
    return exchange.packet().orElse(device.mtu() - out.length());
  }

  /** Mostly many segments at once, as offloads make it; never, where the packet's size is given. */
  private int payload(int segment) {
    if (exchange.packet().isPresent()) {
      return segment;
    }
    int most = (LONGEST_PACKET - out.length()) / segment;
    return segment * random.nextInt(Math.max(1, most / 2), most + 1);
  }

  final boolean send(NetworkDevice device, int payload, int segment) {
    return link.send(device, out, payload, segment);
  }

  final boolean receive(NetworkDevice device, int payload, int segment) {
    return link.receive(device, in, payload, segment);
  }

  final boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }
}
