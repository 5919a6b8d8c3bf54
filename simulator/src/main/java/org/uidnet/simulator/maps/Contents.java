package org.uidnet.simulator.maps;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.uidnet.programs.object.Bytes;

/** What a map holds: entries in the order of their keys; stacks from the top, with empty keys. */
public record Contents(List<Entry> entries) {
  /** One element. */
  public record Entry(Bytes key, Bytes value) {}

  static final Comparator<Entry> BY_KEY =
      Comparator.comparing(entry -> entry.key().toArray(), Arrays::compareUnsigned);

  public Contents {
    entries = List.copyOf(entries);
  }
}
