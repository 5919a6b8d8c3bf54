package org.uidnet.programs;

/**
 * What one slot has counted, in both views.
 *
 * @param wire what the medium carried, every segment with its own headers
 * @param extra the part of {@code wire} that segmentation added: repeated headers and the segments
 *     beyond the first
 */
public record Counters(Traffic wire, Traffic extra) {
  public static final Counters NONE = new Counters(Traffic.NONE, Traffic.NONE);

  /** What the stack handed to, or took from, a device that segments by itself. */
  public Traffic device() {
    return wire.minus(extra);
  }

  public Counters plus(Counters other) {
    return new Counters(wire.plus(other.wire), extra.plus(other.extra));
  }

  public Counters minus(Counters other) {
    return new Counters(wire.minus(other.wire), extra.minus(other.extra));
  }

  public boolean isZero() {
    return equals(NONE);
  }
}
