package org.uidnet.api;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What Prometheus scrapes, in its text format. */
final class MetricsEndpoints {
  private static final PrometheusTextFormatWriter WRITER = PrometheusTextFormatWriter.create();

  private final Metrics metrics;

  MetricsEndpoints(Services services) {
    metrics = new Metrics(services);
  }

  Answer metrics(Call call) {
    return Answer.text(WRITER.getContentType(), text());
  }

  private byte[] text() {
    var text = new ByteArrayOutputStream();
    try {
      WRITER.write(text, metrics.now(), EscapingScheme.UNDERSCORE_ESCAPING);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory takes everything
    }
    return text.toByteArray();
  }
}
