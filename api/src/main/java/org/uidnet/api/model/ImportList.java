package org.uidnet.api.model;

import java.util.List;
import org.uidnet.stats.Usage.ImportedFile;

/** The recordings of phones that history holds: {@code GET /v1/usage/imports}. */
public record ImportList(List<ImportedRecording> recordings) {
  public ImportList {
    recordings = List.copyOf(recordings);
  }

  public static ImportList of(List<ImportedFile> files) {
    return new ImportList(files.stream().map(ImportedRecording::of).toList());
  }
}
