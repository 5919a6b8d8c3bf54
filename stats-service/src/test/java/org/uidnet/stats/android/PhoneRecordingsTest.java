package org.uidnet.stats.android;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.uidnet.programs.Traffic;

/** Recordings of real phones, which are not part of this repository. */
class PhoneRecordingsTest {
  /** What a recorder's files hold together. */
  private static final class Totals {
    private Traffic traffic = Traffic.NONE;
    private int buckets;
    private final Set<Integer> uids = new HashSet<>();

    void add(Recording recording) {
      traffic = traffic.plus(recording.total());
      buckets += recording.buckets();
      recording.series().forEach(series -> uids.add(series.key().uid()));
    }

    Map<String, Long> asExpected() {
      return Map.of(
          "rxBytes", traffic.rxBytes(),
          "rxPackets", traffic.rxPackets(),
          "txBytes", traffic.txBytes(),
          "txPackets", traffic.txPackets(),
          "buckets", (long) buckets,
          "uids", (long) uids.size());
    }
  }

  @Test
  void read_ofAllPhones_addsUpToWhatAnIndependentReaderFound() throws IOException {
    Path folder = PhoneRecordings.folder();
    Map<String, Map<String, Map<String, Long>>> found = new TreeMap<>();
    for (Path archive : PhoneRecordings.archives(folder)) {
      found.put(archive.getFileName().toString().replace(".zip", ""), totals(archive));
    }
    assertThat(found).isEqualTo(PhoneRecordings.expectedTotals(folder));
  }

  private static Map<String, Map<String, Long>> totals(Path archive) throws IOException {
    Map<Recorder, Totals> totals = new EnumMap<>(Recorder.class);
    try (var stream = Files.newInputStream(archive)) {
      RecordingArchive.read(
          archive.toString(),
          stream,
          (name, content) ->
              totals
                  .computeIfAbsent(name.recorder(), key -> new Totals())
                  .add(RecordingReader.read(name, content)));
    }
    Map<String, Map<String, Long>> byPrefix = new TreeMap<>();
    totals.forEach((recorder, sums) -> byPrefix.put(recorder.prefix(), sums.asExpected()));
    return byPrefix;
  }
}
