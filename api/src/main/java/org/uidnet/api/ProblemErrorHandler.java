package org.uidnet.api;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Errors that Jetty itself answers, such as malformed requests, in our format and without details.
 */
final class ProblemErrorHandler extends ErrorHandler {

  static Refusal internal() {
    return Refusal.of(ProblemType.INTERNAL_ERROR, "uidnet failed to answer; its log says why.");
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    SecurityHeaders.put(response.getHeaders());
    Answer.problem(refusal(response.getStatus())).send(request, response, callback);
    return true;
  }

  private static Refusal refusal(int status) {
    return status == HttpStatus.INTERNAL_SERVER_ERROR_500
        ? internal()
        : Refusal.of(
            ProblemType.INVALID_REQUEST,
            status,
            "The request is not valid HTTP or breaks a limit of this server.");
  }
}
