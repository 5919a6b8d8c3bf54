package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.client.ProblemException;
import org.uidnet.api.client.UidnetClient;
import org.uidnet.stats.Usage.ImportOutcome;

/** Recordings over the unix socket, with a client and a server. */
class ImportEndpointsTest {
  /** "ANET", version 16, no identity sets. */
  private static final byte[] EMPTY = {'A', 'N', 'E', 'T', 0, 0, 0, 16, 0, 0, 0, 0};

  @TempDir Path dir;
  private TestServer server;
  private UidnetClient client;

  @BeforeEach
  void start() throws IOException {
    server = new TestServer(dir);
    client = UidnetClient.overSocket(server.socket);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private ProblemException refusal(String name, byte[] recording) throws IOException {
    try {
      client.send(ApiRequest.importRecording(name, recording));
    } catch (ProblemException e) {
      return e;
    }
    throw new AssertionError("was not refused");
  }

  @Test
  void importRecording_tellsWhatIsKnownOfTheFile() throws IOException {
    var answer = client.send(ApiRequest.importRecording("uid_tag.1-2", EMPTY));

    assertThat(answer.outcome()).isEqualTo(ImportOutcome.IMPORTED);
    assertThat(answer.recording().recorder()).isEqualTo("uid_tag");
    assertThat(answer.recording().name()).isEqualTo("uid_tag.1-2");
    assertThat(client.send(ApiRequest.imports()).recordings()).isEmpty();
  }

  @Test
  void importRecording_ofADamagedFile_namesFileAndByte() throws IOException {
    ProblemException refusal = refusal("uid.1-2", "ANET".getBytes(StandardCharsets.US_ASCII));

    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal)
        .hasMessageContaining("uid.1-2, byte 4: expected version of the recording, found the end")
        .hasMessageEndingWith("Nothing of it was stored.");
  }

  @Test
  void importRecording_underAnotherName_isRefused() throws IOException {
    assertThat(refusal("import.attempts", EMPTY))
        .hasMessageContaining("'import.attempts' is no recording's name.");
  }

  @Test
  void importRecording_ofMoreThanTheLimit_isRefusedUnread() throws IOException {
    ProblemException refusal = refusal("uid.1-2", new byte[(64 << 20) + 1]);

    assertThat(refusal.status()).isEqualTo(413);
  }
}
