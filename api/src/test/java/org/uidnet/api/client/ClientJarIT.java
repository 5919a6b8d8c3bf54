package org.uidnet.api.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.api.FakeUsage;
import org.uidnet.api.TestServer;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.Usage;

/** The jar that other programs take. Runs when it is made, so in {@code mvn verify}. */
class ClientJarIT {
  private static final Path JAR = Path.of("target/uidnet-client.jar");
  private static final Path EXAMPLE = Path.of("../docs/examples/TaggedFetch.java");

  @TempDir Path dir;

  /** Annotations, here those of jspecify, may be missing when a program runs. */
  @Test
  void jar_needsTheJdkAndJacksonOnly() {
    String classPath = classPath(origin(NullMarked.class));

    assertThat(JAR).exists();
    assertThat(
            tool(
                "jdeps",
                "--multi-release",
                "17",
                "--missing-deps",
                "-cp",
                classPath,
                JAR.toString()))
        .isEmpty();
  }

  @Test
  void example_fetchesUnderItsTag_andPrintsUsageByTag() throws Exception {
    compileExample();

    try (var daemon = new TestServer(dir);
        var web = new WebServer()) {
      daemon.usage.rows =
          List.of(row(0, new Traffic(4000, 40, 400, 4)), row(0xF00D, new Traffic(3000, 30, 30, 3)));

      assertThat(java("TaggedFetch", web.page(), daemon.socket.toString()).lines())
          .containsExactly(
              "tag                received           sent",
              "all                    4000            400",
              "0xf00d                 3000             30");
      assertThat(daemon.tags.calls)
          .singleElement()
          .asString()
          .contains("TCP", "to nowhere", "tag=61453");
    }
  }

  /** Without warnings, but for that of a scope that is closed and not looked at otherwise. */
  private void compileExample() {
    assertThat(
            tool(
                "javac",
                "-Xlint:all,-try",
                "-d",
                dir.toString(),
                "-cp",
                classPath(),
                EXAMPLE.toString()))
        .isEmpty();
  }

  private static Usage.Row row(long tag, Traffic traffic) {
    return new Usage.Row(FakeUsage.tagged(tag), traffic);
  }

  /** What a program in {@code dir} prints that has nothing else on its class path. */
  private String java(String... program) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Stream<String> options = Stream.of(java, "-cp", classPath(dir));
    Process process =
        new ProcessBuilder(Stream.concat(options, Stream.of(program)).toList())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return output;
  }

  private static String tool(String name, String... arguments) {
    var output = new StringWriter();
    var writer = new PrintWriter(output);
    ToolProvider.findFirst(name).orElseThrow().run(writer, writer, arguments);
    return output.toString();
  }

  private static String classPath(Path... more) {
    Stream<Path> jackson =
        Stream.of(
                JsonInclude.class,
                JsonParser.class,
                ObjectMapper.class,
                Jdk8Module.class,
                JavaTimeModule.class)
            .map(ClientJarIT::origin);
    return Stream.of(Stream.of(JAR), jackson, Stream.of(more))
        .flatMap(paths -> paths.map(Path::toString))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** The jar that a class was loaded from. */
  private static Path origin(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Serves one page. */
  private static final class WebServer implements AutoCloseable {
    private final HttpServer server;

    WebServer() throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            exchange.sendResponseHeaders(200, 5);
            exchange.getResponseBody().write("hello".getBytes(UTF_8));
            exchange.close();
          });
      server.start();
    }

    String page() {
      return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
