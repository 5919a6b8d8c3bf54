package org.uidnet.api;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uidnet.firewall.FirewallException;
import org.uidnet.stats.HistoryException;

/**
 * A file that is sent while it is made, so that none is too long for memory. What fails after the
 * first bytes ends the connection in the middle: no client takes the part for the whole.
 */
final class DownloadAnswer implements Answer {
  private static final Logger LOG = LoggerFactory.getLogger(DownloadAnswer.class);
  private static final int BUFFER = 32 * 1024;

  private final Caller caller;
  private final String contentType;
  private final String fileName;
  private final Content content;

  /**
   * Not made yet.
   *
   * @param fileName of plain letters; what a browser is to call it
   */
  DownloadAnswer(Caller caller, String contentType, String fileName, Content content) {
    this.caller = caller;
    this.contentType = contentType;
    this.fileName = fileName;
    this.content = content;
  }

  /** Makes the file. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  @Override
  public void send(Request request, Response response, Callback callback) {
    response.setStatus(200);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
    // Also where the connection closes after it: only chunks have an end that can be missed.
    response.getHeaders().put(HttpHeader.TRANSFER_ENCODING, HttpHeaderValue.CHUNKED);
    response
        .getHeaders()
        .put(HttpHeader.CONTENT_DISPOSITION, "attachment; filename=\"" + fileName + "\"");
    if (HttpMethod.HEAD.is(request.getMethod())) {
      callback.succeeded();
      return;
    }
    try {
      write(response);
      callback.succeeded();
    } catch (HistoryException e) {
      LOG.warn("{} was not sent whole: {}", fileName, e.toString());
      refuse(request, response, callback, ApiHandler.unavailable(caller, e));
    } catch (FirewallException e) {
      LOG.warn("{} was not sent whole: {}", fileName, e.toString());
      refuse(request, response, callback, FirewallProblems.of(e, caller));
    } catch (IOException | RuntimeException e) {
      LOG.debug("{} was not sent whole", fileName, e);
      callback.failed(e);
    }
  }

  /** Closed only when it is whole: the end of the stream says so to the client. */
  private void write(Response response) throws IOException {
    OutputStream out =
        new BufferedOutputStream(
            org.eclipse.jetty.io.Content.Sink.asOutputStream(response), BUFFER);
    content.writeTo(out);
    out.close();
  }

  private static void refuse(
      Request request, Response response, Callback callback, Refusal refusal) {
    if (response.isCommitted()) {
      callback.failed(refusal);
      return;
    }
    response.getHeaders().remove(HttpHeader.CONTENT_DISPOSITION);
    response.getHeaders().remove(HttpHeader.TRANSFER_ENCODING);
    Answer.problem(refusal).send(request, response, callback);
  }
}
