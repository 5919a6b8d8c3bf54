package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The dashboard's files, as a browser gets them. */
class DashboardEndpointsTest {
  @TempDir static Path dir;
  private static TestServer server;

  @BeforeAll
  static void start() throws IOException {
    server = new TestServer(dir);
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @Test
  void page_needsNoToken_andRunsOurScriptsOnly() throws IOException {
    var reply = server.tcp("GET", "/");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(reply.header("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(reply.body()).contains("<title>uidnet</title>").doesNotContain("style=", "http:");
  }

  @Test
  void everyFileThatThereIs_isServed() throws IOException, URISyntaxException {
    Path folder =
        Path.of(Objects.requireNonNull(getClass().getResource("dashboard/index.html")).toURI());
    try (Stream<Path> files = Files.list(Objects.requireNonNull(folder.getParent()))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .allSatisfy(name -> assertThat(DashboardEndpoints.resources()).containsKey(name));
    }
    for (String name : DashboardEndpoints.resources().keySet()) {
      assertThat(server.tcp("GET", "/dashboard/" + name).status()).as(name).isEqualTo(200);
    }
  }

  @Test
  void fileThatTheBrowserHas_isNotSentAgain() throws IOException {
    String tag = server.tcp("GET", "/dashboard/main.js").header("ETag").orElseThrow();

    var reply = server.tcp("GET", "/dashboard/main.js", "If-None-Match: W/\"other\", " + tag);

    assertThat(reply.status()).isEqualTo(304);
    assertThat(reply.body()).isEmpty();
    assertThat(reply.header("Cache-Control")).contains("no-cache");
  }

  @Test
  void browserThatTakesGzip_getsIt() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + server.http() + "/dashboard/store.js"))
            .header("Accept-Encoding", "gzip, br")
            .build();
    HttpResponse<byte[]> reply =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());

    assertThat(reply.headers().firstValue("Content-Encoding")).contains("gzip");
    try (var content = new GZIPInputStream(new ByteArrayInputStream(reply.body()))) {
      assertThat(new String(content.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo(server.tcp("GET", "/dashboard/store.js").body());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ApiServer.class",
        "MAIN.JS",
        "main.js%00",
        "..%2fApiServer.class",
        "%2e%2e%2fApiServer.class",
        "..%5cApiServer.class",
        "%2fetc%2fpasswd"
      })
  void otherNames_areNotServed(String name) throws IOException {
    assertThat(server.tcp("GET", "/dashboard/" + name).status()).isIn(400, 401, 404);
  }
}
