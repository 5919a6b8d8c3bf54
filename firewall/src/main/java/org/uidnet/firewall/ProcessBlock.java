package org.uidnet.firewall;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The text in which the processes of {@value #UIDS} neighbouring UIDs are stored: a line for each.
 * Reports of hundreds of UIDs change few of them, reports of one UID write little.
 */
final class ProcessBlock {
  static final int UIDS = 64;

  private static final String NONE = "-";

  /** Of UID, boot, state, capabilities, epoch, seq, grace; the last has blanks itself. */
  private static final int WORDS = 7;

  /** One delay mostly holds for all, and making its text is slow. */
  private final Map<Expiry, String> graces = new HashMap<>();

  static long of(long uid) {
    return uid / UIDS;
  }

  String text(SortedMap<Long, Processes> block) {
    return block.entrySet().stream()
        .map(each -> line(each.getKey(), each.getValue()))
        .collect(Collectors.joining("\n"));
  }

  private String line(long uid, Processes process) {
    ProcessReport report = process.report();
    return String.join(
        " ",
        Long.toString(uid),
        process.bootId(),
        report.state().name(),
        Integer.toString(Capability.bits(report.capabilities())),
        report.stamp().map(stamp -> Long.toString(stamp.epoch())).orElse(NONE),
        report.stamp().map(stamp -> Long.toString(stamp.seq())).orElse(NONE),
        process.grace().map(end -> graces.computeIfAbsent(end, Expiry::text)).orElse(""));
  }

  static SortedMap<Long, Processes> parse(String text) {
    SortedMap<Long, Processes> block = new TreeMap<>();
    text.lines()
        .map(line -> List.of(line.split(" ", WORDS)))
        .forEach(words -> block.put(Long.parseLong(words.get(0)), process(words)));
    return block;
  }

  private static Processes process(List<String> words) {
    ProcessReport report =
        new ProcessReport(
            ProcessState.valueOf(words.get(2)),
            Capability.ofBits(Integer.parseInt(words.get(3))),
            stamp(words.get(4), words.get(5)));
    String grace = words.get(6);
    return new Processes(
        report,
        words.get(1),
        grace.isEmpty() ? Optional.empty() : Optional.of(Expiry.parse(grace)));
  }

  private static Optional<ProcessReport.Stamp> stamp(String epoch, String seq) {
    return epoch.equals(NONE)
        ? Optional.empty()
        : Optional.of(new ProcessReport.Stamp(Long.parseLong(epoch), Long.parseLong(seq)));
  }
}
