package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.client.ProblemException;
import org.uidnet.api.client.UidnetClient;

class BackupEndpointsTest {
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

  @Test
  void backup_hasBothFilesUnderTheirNames() throws IOException {
    var zip = new ByteArrayOutputStream();
    client.download(ApiRequest.backup(), zip);

    assertThat(files(zip.toByteArray()))
        .isEqualTo(Map.of("policy.mv.db", "policy", "history.mv.db", "history"));
  }

  private static Map<String, String> files(byte[] zip) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return files;
  }

  @Test
  void backup_historyUnavailable_saysSo() {
    server.usage.fail(FakeUsage.locked());

    assertThatThrownBy(() -> client.download(ApiRequest.backup(), OutputStream.nullOutputStream()))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("locked by process 7");
  }

  @Test
  void backup_byAUser_isForbidden() throws IOException {
    assertThat(server.send(1000, "POST", "/v1/backup", "").status()).isEqualTo(403);
  }
}
