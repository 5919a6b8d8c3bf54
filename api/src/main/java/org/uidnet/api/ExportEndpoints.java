package org.uidnet.api;

import com.fasterxml.jackson.databind.SequenceWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Set;
import org.uidnet.api.UsageParameters.Range;
import org.uidnet.stats.Dimension;
import org.uidnet.stats.Usage;

/** History as files. */
final class ExportEndpoints {
  static final Set<String> EXPORT = UsageEndpoints.with(UsageEndpoints.HISTORY, "format");

  /** Without tags: whose rows repeat what is in others, so that a column can be added up. */
  private static final Set<Dimension> BY =
      EnumSet.complementOf(EnumSet.of(Dimension.TAG, Dimension.NETNS, Dimension.DAY));

  private final Usage usage;

  ExportEndpoints(Usage usage) {
    this.usage = usage;
  }

  Answer export(Call call) {
    ExportFormat format =
        call.query().one(ExportFormat.PARAMETER).map(ExportFormat::named).orElse(ExportFormat.CSV);
    Range range = UsageParameters.range(call);
    Set<Dimension> by = UsageParameters.by(call, BY, EnumSet.allOf(Dimension.class));
    var query =
        new Usage.HistoryQuery(
            range.from(),
            range.to(),
            UsageParameters.resolution(call),
            by,
            UsageParameters.filter(call));
    return new DownloadAnswer(
        call.caller(),
        format.contentType(),
        "uidnet-history." + format.extension(),
        out -> write(query, format, out));
  }

  private void write(Usage.HistoryQuery query, ExportFormat format, OutputStream out)
      throws IOException {
    try {
      SequenceWriter writer = format.open(out);
      usage.export(query, bucket -> write(writer, format, bucket, query.by()));
      writer.close(); // sends the rest, which must not happen when something failed
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void write(
      SequenceWriter writer, ExportFormat format, Usage.Bucket bucket, Set<Dimension> by) {
    try {
      writer.write(format.toFile(UsageEndpoints.bucket(bucket, by)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
