package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.client.EventReader;
import org.uidnet.api.client.ProblemException;
import org.uidnet.api.client.UidnetClient;
import org.uidnet.api.client.UsageQuery;

/** A daemon as one command asks it. Not thread-safe. */
final class DaemonClient {
  private static final int FORBIDDEN = 403;

  private final UidnetClient client;
  private final Context context;
  private boolean ownOnly;

  DaemonClient(UidnetClient client, Context context) {
    this.client = client;
    this.context = context;
  }

  /** The answer as it came: {@code --json} shows fields of newer daemons too. */
  JsonNode ask(ApiRequest<?> request) throws IOException {
    return client.json(request);
  }

  /**
   * The UID that the daemon knows by the name; empty if none, several, or it does not say.
   *
   * @throws IOException if no daemon answers
   */
  Optional<Long> uidOf(String name) throws IOException {
    try {
      JsonNode uids = ask(ApiRequest.uids(name)).path("uids");
      return uids.size() == 1 ? Optional.of(uids.get(0).path("uid").asLong()) : Optional.empty();
    } catch (ProblemException e) {
      return Optional.empty();
    }
  }

  /**
   * Asks for everybody's usage, or for the caller's own where it may not see all and has not said
   * whose it wants.
   */
  JsonNode askForAllOrOwn(Function<UsageQuery, ApiRequest<?>> question, UsageQuery query)
      throws IOException {
    return forAllOrOwn(this::ask, question, query);
  }

  /** The same for events; whoever asks closes them. */
  EventReader eventsOfAllOrOwn(Function<UsageQuery, ApiRequest<?>> question, UsageQuery query)
      throws IOException {
    return forAllOrOwn(client::events, question, query);
  }

  /** A file, which is written as it comes. */
  void download(ApiRequest<byte[]> request, OutputStream to) throws IOException {
    client.download(request, to);
  }

  /** The same of everybody's or the caller's own usage. */
  void download(
      Function<UsageQuery, ApiRequest<byte[]>> question, UsageQuery query, OutputStream to)
      throws IOException {
    Asking<ApiRequest<byte[]>, OutputStream> asking =
        request -> {
          client.download(request, to);
          return to;
        };
    forAllOrOwn(asking, question, query);
  }

  /** One way to ask. */
  @FunctionalInterface
  private interface Asking<R, A> {
    A ask(R request) throws IOException;
  }

  private <R, A> A forAllOrOwn(
      Asking<R, A> asking, Function<UsageQuery, R> question, UsageQuery query) throws IOException {
    boolean open = !query.parameters().containsKey("uid");
    if (open && ownOnly) {
      return asking.ask(question.apply(query.uid("self")));
    }
    try {
      return asking.ask(question.apply(query));
    } catch (ProblemException e) {
      if (!open || e.status() != FORBIDDEN) {
        throw e;
      }
      ownOnly = true;
      context.note(
          "showing your own usage only (UID %d); root and configured admins see everybody's"
              .formatted(context.uid()));
      return asking.ask(question.apply(query.uid("self")));
    }
  }

  /** Whether only the caller's own figures were shown so far. */
  boolean isOwnOnly() {
    return ownOnly;
  }

  /** Says what must be known beside any figure: that they are simulated, or may not be whole. */
  void noteHealth() throws IOException {
    JsonNode health = health();
    if (isSimulated(health)) {
      context
          .err()
          .println(
              context.style().warning("SIMULATED")
                  + ": no figure here is real, times are of the simulated clock");
      context.err().flush();
    }
    StreamSupport.stream(health.path("problems").spliterator(), false)
        .forEach(
            problem -> context.note("the daemon is degraded: " + Text.plain(problem.asText())));
  }

  /** By the clock of the daemon's host, which may be a simulated one. */
  Instant now() throws IOException {
    if (!isSimulated(health())) {
      return context.clock().instant();
    }
    UsageQuery nothing = UsageQuery.NONE.uid("self").from("now").to("now");
    return Instant.parse(ask(ApiRequest.summary(nothing)).path("to").asText());
  }

  JsonNode health() throws IOException {
    return ask(ApiRequest.health());
  }

  static boolean isSimulated(JsonNode health) {
    return health.path("backend").asText().equals("simulator");
  }
}
