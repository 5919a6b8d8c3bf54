package org.uidnet.api;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.regex.Pattern;
import org.uidnet.api.model.ImportDocument;
import org.uidnet.api.model.ImportList;
import org.uidnet.stats.Usage;
import org.uidnet.stats.android.RecordingException;
import org.uidnet.stats.android.RecordingName;

/** Recordings of phones, and exported history of other hosts, into history. */
final class ImportEndpoints {
  static final Set<String> IMPORT = Set.of("recorder", "name", "format", "source");

  private static final Pattern SOURCE = Pattern.compile("[\\w.-]{1,64}");

  private static final String HINT =
      "Names are those of the phone, such as uid.1653670512567-1654966512567; recorder, if given,"
          + " is what they begin with: dev, xt, uid or uid_tag.";

  private final Usage usage;

  ImportEndpoints(Usage usage) {
    this.usage = usage;
  }

  ImportList imports(Call call) {
    return ImportList.of(usage.imports());
  }

  /** A file that {@code format} says to be an export, or a recording. */
  ImportDocument importFile(Call call) {
    return call.query()
        .one(ExportFormat.PARAMETER)
        .map(format -> importHistory(ExportFormat.named(format), call))
        .orElseGet(() -> importRecording(call));
  }

  private ImportDocument importHistory(ExportFormat format, Call call) {
    String source = source(call.query());
    try (InputStream file = call.body().stream()) {
      return ImportDocument.of(
          usage.importHistory(source, () -> new ExportedBuckets(format, file)));
    } catch (IllegalArgumentException e) {
      throw Refusal.of(
          ProblemType.INVALID_FILE,
          "The file cannot be taken: " + e.getMessage() + ". Nothing of it was stored.");
    } catch (IOException e) {
      throw Body.endedEarly();
    }
  }

  private static String source(Query query) {
    return query
        .one("source")
        .filter(name -> SOURCE.matcher(name).matches())
        .orElseThrow(
            () ->
                Refusal.badField(
                    "source", "Name the host whose history it is: letters, digits, . - and _."));
  }

  private ImportDocument importRecording(Call call) {
    RecordingName name = name(call.query());
    try (InputStream recording = call.body().stream()) {
      return ImportDocument.of(usage.importRecording(name, recording));
    } catch (RecordingException e) {
      throw Refusal.of(ProblemType.INVALID_FILE, e.getMessage() + ". Nothing of it was stored.");
    } catch (IOException e) {
      throw Body.endedEarly();
    }
  }

  private static RecordingName name(Query query) {
    String name =
        query.one("name").orElseThrow(() -> Refusal.badField("name", "Which file is it? " + HINT));
    return RecordingName.parse(name)
        .filter(
            parsed -> query.one("recorder").map(parsed.recorder().prefix()::equals).orElse(true))
        .orElseThrow(
            () -> Refusal.badField("name", "'" + name + "' is no recording's name. " + HINT));
  }
}
