package org.uidnet.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * A file that is the same for everybody, as it is and compressed. Browsers ask whether it changed.
 */
final class StaticFile implements Answer {
  /**
   * Whatever a name in the data tries, nothing runs or loads but these files: no text becomes HTML
   * either.
   */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'"
          + " data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'";

  static final String PLAIN_TEXT = "text/plain; charset=utf-8";

  /** Markdown goes as plain text: browsers show that, and save the other. */
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "json", "application/json",
          "md", PLAIN_TEXT,
          "svg", "image/svg+xml");

  private static final int TAG_LENGTH = 16;

  private final String contentType;
  private final String tag;
  private final byte[] plain;
  private final byte[] compressed;

  private StaticFile(String contentType, byte[] plain) {
    this.contentType = contentType;
    this.plain = plain;
    compressed = compress(plain);
    tag = '"' + hash(plain).substring(0, TAG_LENGTH) + '"';
  }

  /** Of the class path. */
  static StaticFile of(String resource) {
    String extension = resource.substring(resource.lastIndexOf('.') + 1);
    return new StaticFile(Objects.requireNonNull(TYPES.get(extension)), bytes(resource));
  }

  @Override
  public void send(Request request, Response response, Callback callback) {
    HttpFields asked = request.getHeaders();
    boolean zipped = asked.getQualityCSV(HttpHeader.ACCEPT_ENCODING).contains("gzip");
    boolean known = isNamedIn(asked.getValuesList(HttpHeader.IF_NONE_MATCH));
    putHeaders(response.getHeaders(), zipped);
    response.setStatus(known ? HttpStatus.NOT_MODIFIED_304 : HttpStatus.OK_200);
    byte[] body = zipped ? compressed : plain;
    response.write(true, ByteBuffer.wrap(known ? new byte[0] : body), callback);
  }

  /** The tag is a quoted hash: it is part of nothing else, and Jetty's lists know no weak ones. */
  private boolean isNamedIn(List<String> lists) {
    return lists.stream().anyMatch(list -> list.contains(tag));
  }

  private void putHeaders(HttpFields.Mutable headers, boolean zipped) {
    headers.put(HttpHeader.CONTENT_TYPE, contentType);
    headers.put("Content-Security-Policy", POLICY);
    headers.put("Cross-Origin-Opener-Policy", "same-origin");
    headers.put(HttpHeader.CACHE_CONTROL, "no-cache");
    headers.put(HttpHeader.ETAG, tag);
    headers.put(HttpHeader.VARY, "Accept-Encoding");
    if (zipped) {
      headers.put(HttpHeader.CONTENT_ENCODING, "gzip");
    }
  }

  private static byte[] bytes(String resource) {
    try (InputStream in = StaticFile.class.getResourceAsStream(resource)) {
      return Objects.requireNonNull(in, resource).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] compress(byte[] plain) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(bytes)) {
      zip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
