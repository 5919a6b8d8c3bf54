import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.net.SocketFactory;
import org.uidnet.api.client.TaggingSocketFactory;
import org.uidnet.api.client.TrafficTags;
import org.uidnet.api.client.UidnetClient;
import org.uidnet.api.client.UsageQuery;
import org.uidnet.api.model.UsageRow;

/**
 * Fetches a page under a tag, then prints what this user's traffic was since boot, by tag.
 *
 * <p>Needs uidnet-client.jar ({@code mvn package} leaves it in api/target) and Jackson's
 * annotations, core, databind, datatype-jdk8 and datatype-jsr310 on the class path, and no
 * privilege:
 *
 * <pre>java -cp 'uidnet-client.jar:jackson/*' TaggedFetch.java http://192.0.2.1/ [api.sock]</pre>
 */
final class TaggedFetch {
  private static final long DOWNLOAD = 0xF00D;
  private static final int HTTP = 80;

  public static void main(String[] args) throws IOException {
    var client =
        args.length > 1 ? UidnetClient.overSocket(Path.of(args[1])) : UidnetClient.ofHost();
    var tags = new TrafficTags(client);
    try (var scope = tags.threadTag(DOWNLOAD)) {
      fetch(URI.create(args[0]), tagging(tags));
    }
    printUsage(client);
  }

  /** Who cannot be counted apart can still work. */
  private static SocketFactory tagging(TrafficTags tags) {
    return new TaggingSocketFactory(
        SocketFactory.getDefault(), tags, e -> System.err.println("not tagged: " + e.getMessage()));
  }

  private static void fetch(URI page, SocketFactory sockets) throws IOException {
    try (Socket socket = sockets.createSocket()) {
      int port = page.getPort() < 0 ? HTTP : page.getPort();
      socket.connect(new InetSocketAddress(page.getHost(), port));
      String request = "GET %s HTTP/1.0\r\nHost: %s\r\n\r\n";
      socket
          .getOutputStream()
          .write(
              request
                  .formatted(page.getRawPath(), page.getAuthority())
                  .getBytes(StandardCharsets.US_ASCII));
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    }
  }

  private static void printUsage(UidnetClient client) throws IOException {
    System.out.printf("%-12s %14s %14s%n", "tag", "received", "sent");
    for (UsageRow row : client.sinceBoot(UsageQuery.NONE.uid("self").by("tag")).rows()) {
      System.out.printf(
          "%-12s %14d %14d%n",
          name(row.tag().orElse(0L)), row.traffic().rxBytes(), row.traffic().txBytes());
    }
  }

  /** Tagged traffic is part of what is counted without a tag. */
  private static String name(long tag) {
    return tag == 0 ? "all" : "0x%x".formatted(tag);
  }
}
