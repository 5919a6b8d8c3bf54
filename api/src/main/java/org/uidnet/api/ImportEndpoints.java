package org.uidnet.api;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.eclipse.jetty.http.HttpStatus;
import org.uidnet.api.model.ImportDocument;
import org.uidnet.api.model.ImportList;
import org.uidnet.stats.Usage;
import org.uidnet.stats.android.RecordingException;
import org.uidnet.stats.android.RecordingName;

/** Recordings of phones, into history. */
final class ImportEndpoints {
  static final Set<String> RECORDING = Set.of("recorder", "name");

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

  ImportDocument importRecording(Call call) {
    RecordingName name = name(call.query());
    try (InputStream recording = call.body().stream()) {
      return ImportDocument.of(usage.importRecording(name, recording));
    } catch (RecordingException e) {
      throw Refusal.of(HttpStatus.BAD_REQUEST_400, e.getMessage() + ". Nothing of it was stored.");
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
