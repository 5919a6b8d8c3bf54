package org.uidnet.api.model;

import java.time.Instant;
import org.uidnet.stats.Usage;

/**
 * A recording of a phone, or the exported history of another host, in history.
 *
 * @param recorder {@code dev}, {@code xt}, {@code uid} or {@code uid_tag}; {@code history} of a
 *     host
 * @param name of the file; without its last number the phone was still writing to it. Of the host
 * @param from when its first bucket begins
 * @param to when all its buckets have ended
 * @param keys how many combinations of network, UID, set and tag it tells apart
 */
public record ImportedRecording(
    String recorder,
    String name,
    Instant importedAt,
    Instant from,
    Instant to,
    int keys,
    int buckets,
    long rxBytes,
    long rxPackets,
    long txBytes,
    long txPackets) {

  static ImportedRecording of(Usage.ImportedFile file) {
    return new ImportedRecording(
        file.name().recorder(),
        file.name().toString(),
        file.importedAt(),
        file.from(),
        file.to(),
        file.keys(),
        file.buckets(),
        file.traffic().rxBytes(),
        file.traffic().rxPackets(),
        file.traffic().txBytes(),
        file.traffic().txPackets());
  }
}
