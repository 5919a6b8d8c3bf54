package org.uidnet.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.uidnet.stats.World.FAR;
import static org.uidnet.stats.World.LONG_AGO;
import static org.uidnet.stats.World.key;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.Usage.HistoryQuery;
import org.uidnet.stats.Usage.ImportOutcome;
import org.uidnet.stats.Usage.Row;
import org.uidnet.stats.Usage.SummaryQuery;
import org.uidnet.stats.android.PhoneRecordings;
import org.uidnet.stats.android.RecordedKey;
import org.uidnet.stats.android.Recorder;
import org.uidnet.stats.android.RecordingArchive;
import org.uidnet.stats.android.RecordingException;
import org.uidnet.stats.android.Recordings;
import org.uidnet.stats.network.NamePattern;
import org.uidnet.stats.network.NetworkIdentity;
import org.uidnet.stats.network.NetworkIdentitySet;
import org.uidnet.stats.network.NetworkTemplate;
import org.uidnet.stats.network.NetworkType;

/** Recordings of phones are part of history like what was counted here. */
class ImportTest {
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long DAY = 24 * HOUR;

  /** The beginning of a day in UTC, long before the host's own history begins. */
  private static final long PAST = Instant.parse("2023-02-01T00:00:00Z").toEpochMilli();

  private static final NetworkIdentitySet WIFI = network(NetworkType.WIFI, "\"home\"", false);
  private static final NetworkIdentitySet MOBILE = network(NetworkType.MOBILE, "310260", true);
  private static final Traffic TRAFFIC = new Traffic(1000, 10, 500, 5);

  @TempDir Path directory;

  private static NetworkIdentitySet network(NetworkType type, String name, boolean metered) {
    boolean mobile = type.equals(NetworkType.MOBILE);
    return NetworkIdentitySet.of(
        new NetworkIdentity(
            type,
            mobile ? 13 : -1,
            Optional.of(name).filter(key -> mobile),
            Optional.of(name).filter(key -> !mobile),
            metered,
            metered,
            !metered,
            0,
            mobile ? 1 : -1));
  }

  private static RecordedKey uid(int uid) {
    return new RecordedKey(uid, 0, 0);
  }

  private static Traffic times(int factor) {
    return new Traffic(1000L * factor, 10L * factor, 500L * factor, 5L * factor);
  }

  private static Recordings uids() {
    return Recordings.of(Recorder.UID, 2 * HOUR);
  }

  private static ImportOutcome store(StatsService stats, Recordings recording) {
    return store(stats, recording, PAST);
  }

  private static ImportOutcome store(StatsService stats, Recordings recording, long start) {
    try {
      return stats.importRecording(recording.unfinished(start), recording.stream()).outcome();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, Traffic> by(StatsService stats, Dimension... by) {
    return by(stats, LONG_AGO, FAR, UsageFilter.ALL, by);
  }

  /** Traffic by the parts of its key. */
  private static Map<String, Traffic> by(
      StatsService stats, Instant from, Instant to, UsageFilter filter, Dimension... by) {
    Set<Dimension> dimensions = EnumSet.noneOf(Dimension.class);
    dimensions.addAll(List.of(by));
    Map<String, Traffic> rows = new TreeMap<>();
    for (Row row : stats.summary(new SummaryQuery(from, to, dimensions, filter)).rows()) {
      rows.merge(text(row.key(), by), row.traffic(), Traffic::plus);
    }
    return rows;
  }

  private static String text(UsageKey key, Dimension... by) {
    return String.join(
        " ", Arrays.stream(by).map(dimension -> text(key, dimension)).toArray(String[]::new));
  }

  private static String text(UsageKey key, Dimension dimension) {
    Object part =
        switch (dimension) {
          case UID -> key.uid().map(String::valueOf).orElse(key.kind().name());
          case SET -> key.set().orElseThrow();
          case TAG -> key.tag().orElseThrow();
          case IFACE -> key.iface().orElseThrow();
          case NETWORK -> key.network().orElse("-");
          case TYPE -> key.type().orElseThrow();
          case METERED -> key.metered().orElseThrow();
          case ROAMING -> key.roaming().orElseThrow();
          case DEFAULT -> key.defaultNetwork().orElseThrow();
          case NETNS -> key.netns().orElseThrow();
          case DAY -> key.day().orElseThrow();
        };
    return part.toString();
  }

  private static List<Usage.Bucket> history(StatsService stats, Resolution resolution) {
    return stats
        .history(new HistoryQuery(LONG_AGO, FAR, resolution, Set.of(), UsageFilter.ALL))
        .buckets();
  }

  @Test
  void importRecording_keepsWhoAndWhere() {
    try (StatsService stats = new World(directory).open()) {
      store(
          stats,
          uids()
              .add(WIFI, uid(10_001), times(1), PAST)
              .add(WIFI, new RecordedKey(10_001, 1, 0), times(2), PAST)
              .add(MOBILE, uid(10_001), times(4), PAST)
              .add(MOBILE, uid(RecordedKey.REMOVED), times(8), PAST)
              .add(MOBILE, uid(RecordedKey.TETHERING), times(16), PAST));
      assertThat(by(stats, Dimension.UID))
          .isEqualTo(Map.of("10001", times(7), "REMOVED", times(8), "FORWARDED", times(16)));
      assertThat(by(stats, Dimension.UID, Dimension.SET, Dimension.NETWORK))
          .isEqualTo(
              Map.of(
                  "10001 DEFAULT \"home\"", times(1),
                  "10001 FOREGROUND \"home\"", times(2),
                  "10001 DEFAULT 310260", times(4),
                  "REMOVED DEFAULT 310260", times(8),
                  "FORWARDED DEFAULT 310260", times(16)));
      assertThat(
              by(stats, Dimension.IFACE, Dimension.METERED, Dimension.ROAMING, Dimension.DEFAULT))
          .isEqualTo(
              Map.of(
                  "android/wifi false false true", times(3),
                  "android/mobile true true false", times(28)));
    }
  }

  @Test
  void importRecording_ofTags_leavesUntaggedRowsAsRecorded() {
    try (StatsService stats = new World(directory).open()) {
      store(stats, uids().add(WIFI, uid(10_001), times(3), PAST));
      store(
          stats,
          Recordings.of(Recorder.UID_TAG, 2 * HOUR)
              .add(WIFI, new RecordedKey(10_001, 0, 0xFFFFFF82), times(1), PAST));
      assertThat(by(stats, Dimension.UID)).isEqualTo(Map.of("10001", times(3)));
      assertThat(by(stats, Dimension.TAG)).isEqualTo(Map.of("0", times(3), "4294967170", times(1)));
      assertThat(summaryOf(stats, 0L).total()).isEqualTo(times(3));
      assertThat(summaryOf(stats, 4_294_967_170L).total()).isEqualTo(times(1));
    }
  }

  private static Usage.Summary summaryOf(StatsService stats, long tag) {
    UsageFilter filter = UsageFilter.ALL.withTag(tag);
    return stats.summary(new SummaryQuery(LONG_AGO, FAR, Set.of(Dimension.TAG), filter));
  }

  @Test
  void importRecording_ofInterfaces_isTheTruthAboutThem() {
    try (StatsService stats = new World(directory).open()) {
      RecordedKey all = new RecordedKey(RecordedKey.ALL, -1, 0);
      store(stats, Recordings.of(Recorder.XT, HOUR).add(WIFI, all, times(4), PAST, PAST + HOUR));
      store(stats, Recordings.of(Recorder.DEV, HOUR).add(WIFI, all, times(3), PAST));
      store(stats, uids().add(WIFI, uid(1), times(5), PAST).add(WIFI, uid(2), times(2), PAST));
      Map<String, Traffic> device = new HashMap<>();
      Map<String, Traffic> unattributed = new HashMap<>();
      for (Usage.Truth truth : stats.truth(LONG_AGO, FAR, NetworkTemplate.ANY)) {
        device.put(truth.iface(), truth.device());
        unattributed.put(truth.iface(), truth.unattributed());
      }
      assertThat(device)
          .containsEntry("android/wifi", times(8))
          .containsEntry("android-dev/wifi", times(3));
      assertThat(unattributed).containsEntry("android/wifi", times(1));
      assertThat(by(stats, Dimension.UID)).isEqualTo(Map.of("1", times(5), "2", times(2)));
    }
  }

  @Test
  void importRecording_ofOperations_countsThem() {
    try (StatsService stats = new World(directory).open()) {
      store(stats, uids().add(WIFI, uid(10_001), TRAFFIC, PAST, PAST + 2 * HOUR));
      Usage.Summary summary =
          stats.summary(new SummaryQuery(LONG_AGO, FAR, Set.of(Dimension.UID), UsageFilter.ALL));
      assertThat(summary.rows()).extracting(Row::operations).containsExactly(2L);
    }
  }

  @Test
  void importRecording_twice_changesNothing() {
    try (StatsService stats = new World(directory).open()) {
      Recordings recording = uids().add(WIFI, uid(10_001), TRAFFIC, PAST);
      assertThat(store(stats, recording)).isEqualTo(ImportOutcome.IMPORTED);
      assertThat(store(stats, recording)).isEqualTo(ImportOutcome.UNCHANGED);
      assertThat(by(stats, Dimension.UID)).isEqualTo(Map.of("10001", TRAFFIC));
      assertThat(stats.imports()).hasSize(1);
    }
  }

  /** A phone goes on writing to its last file. */
  @Test
  void importRecording_ofAFileThatGrew_takesItsPlace() {
    try (StatsService stats = new World(directory).open()) {
      Recordings first = uids().add(WIFI, uid(1), times(1), PAST);
      Recordings grown = uids().add(WIFI, uid(1), times(2), PAST);
      Recordings longer = uids().add(WIFI, uid(1), times(2), PAST, PAST + 2 * HOUR);
      assertThat(store(stats, first)).isEqualTo(ImportOutcome.IMPORTED);
      assertThat(store(stats, grown)).isEqualTo(ImportOutcome.REPLACED);
      assertThat(store(stats, longer)).isEqualTo(ImportOutcome.REPLACED);
      assertThat(store(stats, first)).isEqualTo(ImportOutcome.UNCHANGED);
      assertThat(store(stats, grown)).isEqualTo(ImportOutcome.UNCHANGED);
      assertThat(by(stats, Dimension.UID)).isEqualTo(Map.of("1", times(4)));
      assertThat(stats.truth(LONG_AGO, FAR, NetworkTemplate.ANY))
          .filteredOn(truth -> truth.iface().equals("android/wifi"))
          .extracting(Usage.Truth::uids)
          .containsExactly(times(4));
    }
  }

  @Test
  void importRecording_ofTheFinishedFile_takesThePlaceOfAllBefore() throws IOException {
    try (StatsService stats = new World(directory).open()) {
      Recordings before = uids().add(WIFI, uid(1), times(9), PAST);
      Recordings finished = uids().add(WIFI, uid(1), times(2), PAST);
      store(stats, before);
      assertThat(
              stats
                  .importRecording(finished.finished(PAST, PAST + DAY), finished.stream())
                  .outcome())
          .isEqualTo(ImportOutcome.REPLACED);
      assertThat(store(stats, before)).isEqualTo(ImportOutcome.UNCHANGED);
      assertThat(by(stats, Dimension.UID)).isEqualTo(Map.of("1", times(2)));
    }
  }

  @Test
  void importRecording_ofADamagedFile_storesNothing() {
    try (StatsService stats = new World(directory).open()) {
      Recordings recording =
          uids().add(WIFI, uid(1), TRAFFIC, PAST).add(MOBILE, uid(2), TRAFFIC, PAST);
      byte[] bytes = recording.bytes();
      byte[] cut = Arrays.copyOf(bytes, bytes.length - 1);
      assertThatExceptionOfType(RecordingException.class)
          .isThrownBy(
              () ->
                  stats.importRecording(recording.unfinished(PAST), new ByteArrayInputStream(cut)))
          .withMessageContaining("uid." + PAST + "-, byte " + cut.length);
      assertThat(by(stats, Dimension.UID)).isEmpty();
      assertThat(stats.imports()).isEmpty();
      assertThat(stats.status().problems()).isEmpty();
    }
  }

  @Test
  void importRecording_ofNothing_isKnownAsWell() {
    try (StatsService stats = new World(directory).open()) {
      assertThat(store(stats, uids())).isEqualTo(ImportOutcome.IMPORTED);
      assertThat(store(stats, uids())).isEqualTo(ImportOutcome.UNCHANGED);
      assertThat(by(stats, Dimension.DAY)).isEmpty();
    }
  }

  /** Android's acceptance case 7: two histories that overlap are added up. */
  @Test
  void case07_overlappingRecordings_addUp() {
    Traffic thousand = new Traffic(1000, 10, 500, 5);
    Traffic half = new Traffic(500, 5, 250, 2);
    try (StatsService stats = new World(directory).open()) {
      Recordings first = Recordings.of(Recorder.UID, HOUR);
      Recordings second = Recordings.of(Recorder.UID, HOUR);
      store(stats, first.add(WIFI, uid(1), half, PAST, PAST + HOUR, PAST + 2 * HOUR), PAST);
      store(stats, second.add(WIFI, uid(1), half, PAST, PAST + HOUR, PAST + 3 * HOUR), PAST + 1);
      assertThat(history(stats, Resolution.HOUR).stream().map(each -> each.row().traffic()))
          .containsExactly(
              new Traffic(1000, 10, 500, 4), new Traffic(1000, 10, 500, 4), half, half);
      assertThat(stats.summary(new SummaryQuery(LONG_AGO, FAR, Set.of(), UsageFilter.ALL)).total())
          .isEqualTo(new Traffic(3000, 30, 1500, 12));
      assertThat(thousand.rxBytes()).isEqualTo(2 * half.rxBytes());
    }
  }

  /** Android's acceptance case 8: two histories of other buckets, one within the other. */
  @Test
  void case08_recordingsOfOtherBuckets_addUp() {
    try (StatsService stats = new World(directory).open()) {
      Recordings hours = Recordings.of(Recorder.UID, HOUR);
      Recordings twoHours = Recordings.of(Recorder.UID, 2 * HOUR);
      store(stats, hours.add(WIFI, uid(1), new Traffic(600, 6, 60, 6), PAST + HOUR), PAST);
      store(stats, twoHours.add(WIFI, uid(1), new Traffic(1000, 10, 100, 10), PAST), PAST + 1);
      Instant half = Instant.ofEpochMilli(PAST + HOUR);
      assertThat(by(stats, LONG_AGO, half, UsageFilter.ALL, Dimension.UID))
          .isEqualTo(Map.of("1", new Traffic(500, 5, 50, 5)));
      assertThat(by(stats, half, FAR, UsageFilter.ALL, Dimension.UID))
          .isEqualTo(Map.of("1", new Traffic(1100, 11, 110, 11)));
    }
  }

  /** By the template of the networks that a phone told of, in summaries as in histories. */
  @Test
  void summary_byTemplate_isOfTheNetworksThatWereRecorded() {
    try (StatsService stats = new World(directory).open()) {
      store(
          stats,
          uids()
              .add(WIFI, uid(1), new Traffic(100, 1, 10, 1), PAST)
              .add(MOBILE, uid(1), new Traffic(7, 1, 1, 1), PAST));
      for (NetworkTemplate template :
          List.of(
              NetworkTemplate.of(NetworkType.MOBILE),
              NetworkTemplate.ANY.withNames(
                  List.of(NamePattern.exactly(MOBILE.network().orElseThrow()))))) {
        UsageFilter mobile = UsageFilter.ALL.withNetworks(template);
        assertThat(by(stats, LONG_AGO, FAR, mobile, Dimension.UID))
            .isEqualTo(Map.of("1", new Traffic(7, 1, 1, 1)));
        assertThat(
                stats
                    .history(new HistoryQuery(LONG_AGO, FAR, Resolution.DAY, Set.of(), mobile))
                    .buckets())
            .extracting(bucket -> bucket.row().traffic())
            .containsExactly(new Traffic(7, 1, 1, 1));
      }
    }
  }

  @Test
  void summary_sharesABucketInProportionToTime() {
    try (StatsService stats = new World(directory).open()) {
      store(stats, uids().add(WIFI, uid(1), new Traffic(1001, 10, 500, 5), PAST));
      Instant start = Instant.ofEpochMilli(PAST);
      Instant cut = start.plusMillis(HOUR / 2);
      Map<String, Traffic> early = by(stats, LONG_AGO, cut, UsageFilter.ALL, Dimension.UID);
      Map<String, Traffic> late = by(stats, cut, FAR, UsageFilter.ALL, Dimension.UID);
      assertThat(early).isEqualTo(Map.of("1", new Traffic(250, 2, 125, 1)));
      assertThat(late).isEqualTo(Map.of("1", new Traffic(751, 8, 375, 4)));
      assertThat(by(stats, LONG_AGO, start, UsageFilter.ALL, Dimension.UID)).isEmpty();
    }
  }

  @Test
  void summary_byDay_cutsDaysInTheZone() {
    World world = new World(directory, World.START, ZoneId.of("Asia/Kolkata"), 64);
    try (StatsService stats = world.open()) {
      // 18:00 to 20:00 in UTC is 23:30 to 01:30 in Kolkata.
      store(stats, uids().add(WIFI, uid(1), times(4), PAST + 18 * HOUR, PAST + 20 * HOUR));
      assertThat(by(stats, Dimension.DAY))
          .isEqualTo(
              Map.of(
                  LocalDate.of(2023, 2, 1).toString(), times(1),
                  LocalDate.of(2023, 2, 2).toString(), times(7)));
    }
  }

  @Test
  void history_givesBucketsWholeOrAddedUp() {
    try (StatsService stats = new World(directory).open()) {
      store(stats, uids().add(WIFI, uid(1), TRAFFIC, PAST, PAST + 2 * HOUR, PAST + DAY));
      for (Resolution finer : List.of(Resolution.FIVE_MINUTES, Resolution.HOUR)) {
        assertThat(history(stats, finer))
            .extracting(Usage.Bucket::start)
            .containsExactly(at(PAST), at(PAST + 2 * HOUR), at(PAST + DAY));
        assertThat(history(stats, finer))
            .extracting(Usage.Bucket::end)
            .containsExactly(at(PAST + 2 * HOUR), at(PAST + 4 * HOUR), at(PAST + DAY + 2 * HOUR));
        assertThat(
                stats
                    .history(new HistoryQuery(LONG_AGO, FAR, finer, Set.of(), UsageFilter.ALL))
                    .mixed())
            .isTrue();
      }
      assertThat(history(stats, Resolution.DAY).stream().map(each -> each.row().traffic()))
          .containsExactly(times(2), times(1));
      assertThat(history(stats, Resolution.MONTH).stream().map(each -> each.row().traffic()))
          .containsExactly(times(3));
      assertThat(history(stats, Resolution.MONTH).get(0).start()).isEqualTo(at(PAST));
    }
  }

  private static Instant at(long millis) {
    return Instant.ofEpochMilli(millis);
  }

  @Test
  void history_sharesABucketBetweenDays() {
    World world = new World(directory, World.START, ZoneId.of("Asia/Kolkata"), 64);
    try (StatsService stats = world.open()) {
      store(stats, uids().add(WIFI, uid(1), times(4), PAST + 18 * HOUR));
      assertThat(history(stats, Resolution.DAY).stream().map(each -> each.row().traffic()))
          .containsExactly(times(1), times(3));
    }
  }

  /** The phone is this host, or both were online at the same time. */
  @Test
  void answers_addWhatWasCountedHere() {
    World world = new World(directory);
    try (StatsService stats = world.open()) {
      world.count(key(1), times(1));
      world.pass(Duration.ofHours(5));
      stats.poll();
      long start = World.START.toEpochMilli();
      Recordings recording = Recordings.of(Recorder.UID, HOUR);
      store(stats, recording.add(WIFI, uid(1), times(1), start), start);
      assertThat(by(stats, Dimension.UID)).isEqualTo(Map.of("1", times(2)));
      assertThat(history(stats, Resolution.HOUR).get(0).row().traffic())
          .isEqualTo(times(1).plus(new Traffic(200, 2, 100, 1)));
      assertThat(by(stats, Dimension.IFACE)).containsOnlyKeys("eth0", "android/wifi");
      assertThat(
              stats
                  .summary(
                      new SummaryQuery(LONG_AGO, FAR, Set.of(Dimension.IFACE), UsageFilter.ALL))
                  .rows())
          .filteredOn(row -> row.key().isRecorded())
          .extracting(row -> row.key().iface().orElseThrow())
          .containsExactly("android/wifi");
    }
  }

  @Test
  void answers_areTheSameAfterRollUpsAndARestart() {
    World world = new World(directory);
    world.config =
        world.config.withRetention(Duration.ofHours(3), Duration.ofHours(30), Duration.ofDays(3));
    Recordings recording =
        uids().add(WIFI, uid(1), times(1), PAST, PAST + DAY).add(MOBILE, uid(2), times(2), PAST);
    List<Usage.Bucket> before;
    try (StatsService stats = world.open()) {
      store(stats, recording);
      before = history(stats, Resolution.HOUR);
      for (int i = 0; i < 5; i++) {
        world.count(key(5), 1000);
        world.pass(Duration.ofDays(2));
        stats.poll();
      }
      assertThat(history(stats, Resolution.HOUR)).containsAll(before);
    }
    try (StatsService stats = world.open()) {
      assertThat(history(stats, Resolution.HOUR)).containsAll(before);
      assertThat(store(stats, recording)).isEqualTo(ImportOutcome.UNCHANGED);
      assertThat(by(stats, Dimension.UID, Dimension.NETWORK))
          .containsEntry("1 \"home\"", times(2))
          .containsEntry("2 310260", times(2));
      assertThat(stats.sinceBoot(Set.of(Dimension.UID), UsageFilter.ALL).rows())
          .extracting(row -> row.key().uid())
          .containsExactly(Optional.of(5L));
    }
  }

  @Test
  void removeUid_movesItsRecordedTraffic() {
    try (StatsService stats = new World(directory).open()) {
      store(stats, uids().add(WIFI, uid(1), times(3), PAST).add(WIFI, uid(2), times(2), PAST));
      store(
          stats,
          Recordings.of(Recorder.UID_TAG, 2 * HOUR)
              .add(WIFI, new RecordedKey(1, 0, 7), times(1), PAST));
      assertThat(stats.removeUid(1)).isTrue();
      assertThat(by(stats, Dimension.UID)).isEqualTo(Map.of("REMOVED", times(3), "2", times(2)));
      assertThat(by(stats, Dimension.TAG)).isEqualTo(Map.of("0", times(5), "7", times(1)));
    }
  }

  @Test
  void importRecording_ofAllPhones_givesTheirTotalsTwice() throws IOException {
    Path folder = PhoneRecordings.folder();
    for (Path archive : PhoneRecordings.archives(folder)) {
      String name = archive.getFileName().toString().replace(".zip", "");
      try (StatsService stats = new World(directory.resolve(name)).open()) {
        for (int time = 0; time < 2; time++) {
          importAll(stats, archive);
          assertThat(totals(stats))
              .as("%s, import %d", name, time)
              .isEqualTo(bytes(PhoneRecordings.expectedTotals(folder).get(name)));
        }
      }
    }
  }

  private static void importAll(StatsService stats, Path archive) throws IOException {
    try (var stream = Files.newInputStream(archive)) {
      RecordingArchive.read(archive.toString(), stream, stats::importRecording);
    }
  }

  private static Map<String, Traffic> totals(StatsService stats) {
    Map<String, Traffic> totals = new HashMap<>();
    Usage.Summary byTag =
        stats.summary(new SummaryQuery(LONG_AGO, FAR, Set.of(Dimension.TAG), UsageFilter.ALL));
    for (Row row : byTag.rows()) {
      String recorder = row.key().tag().orElseThrow() == 0 ? "uid" : "uid_tag";
      totals.merge(recorder, row.traffic(), Traffic::plus);
    }
    for (Usage.Truth truth : stats.truth(LONG_AGO, FAR, NetworkTemplate.ANY)) {
      String recorder = truth.iface().startsWith("android-dev/") ? "dev" : "xt";
      totals.merge(recorder, truth.device(), Traffic::plus);
    }
    return totals;
  }

  private static Map<String, Traffic> bytes(Map<String, Map<String, Long>> expected) {
    Map<String, Traffic> totals = new HashMap<>();
    expected.forEach(
        (recorder, sums) ->
            totals.put(
                recorder,
                new Traffic(
                    sums.get("rxBytes"),
                    sums.get("rxPackets"),
                    sums.get("txBytes"),
                    sums.get("txPackets"))));
    return totals;
  }
}
