package org.uidnet.api.model;

import org.uidnet.stats.Usage.ImportOutcome;
import org.uidnet.stats.Usage.ImportResult;

/**
 * What became of a recording: {@code POST /v1/usage/imports}.
 *
 * @param recording what is known of the file now
 */
public record ImportDocument(ImportOutcome outcome, ImportedRecording recording) {
  public static ImportDocument of(ImportResult result) {
    return new ImportDocument(result.outcome(), ImportedRecording.of(result.file()));
  }
}
