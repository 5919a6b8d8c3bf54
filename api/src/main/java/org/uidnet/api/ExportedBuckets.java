package org.uidnet.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.uidnet.api.model.UsageBucket;
import org.uidnet.api.model.UsageRow;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.Kind;
import org.uidnet.stats.Usage;
import org.uidnet.stats.UsageKey;

/** The buckets of an exported file as they come; what no export writes is refused, by its row. */
final class ExportedBuckets implements Iterator<Usage.Bucket> {
  private static final long LAST_UID = 4294967294L;
  private static final long LAST_TAG = 0xffff_ffffL;

  private final ExportFormat format;
  private final MappingIterator<UsageBucket> rows;
  private int row;

  ExportedBuckets(ExportFormat format, InputStream in) {
    this.format = format;
    rows = read(() -> format.read(in));
  }

  /** Reads from the stream. */
  @FunctionalInterface
  private interface Reading<T> {
    T read() throws IOException;
  }

  private <T> T read(Reading<T> reading) {
    try {
      return reading.read();
    } catch (JsonProcessingException e) {
      throw refusal();
    } catch (IOException e) {
      throw Body.endedEarly();
    }
  }

  @Override
  public boolean hasNext() {
    return read(rows::hasNextValue);
  }

  @Override
  public Usage.Bucket next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    row++;
    UsageBucket bucket = format.fromFile(read(rows::nextValue));
    UsageKey key = key(bucket.row());
    Traffic traffic = bucket.row().traffic();
    return new Usage.Bucket(
        present(bucket.start()),
        present(bucket.end()),
        new Usage.Row(key, present(traffic), bucket.row().operations().orElse(0L)));
  }

  private UsageKey key(UsageRow from) {
    Kind kind = from.kind().orElseThrow(this::refusal);
    if ((kind == Kind.UID && from.uid().isEmpty())
        || from.uid().filter(uid -> uid < 0 || uid > LAST_UID).isPresent()
        || from.tag().filter(tag -> tag < 0 || tag > LAST_TAG).isPresent()) {
      throw refusal();
    }
    return new UsageKey(
        kind,
        from.uid(),
        Optional.empty(),
        from.set(),
        from.tag(),
        from.iface(),
        from.network(),
        from.type(),
        from.metered(),
        from.roaming(),
        from.defaultNetwork(),
        Optional.empty(),
        Optional.empty(),
        from.inner().orElse(false));
  }

  /** Absent in the file is null here. */
  private <T> T present(T value) {
    return Optional.ofNullable(value).orElseThrow(this::refusal);
  }

  private Refusal refusal() {
    return Refusal.of(
        ProblemType.INVALID_FILE,
        "Row %d is not as GET /v1/usage/export?format=%s writes it, by uid at least. Nothing of it was stored."
            .formatted(row, format.extension()));
  }
}
