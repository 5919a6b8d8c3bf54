package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.client.UsageQuery;
import org.uidnet.netd.command.Rates.Rate;
import org.uidnet.netd.command.Rates.Sample;

/** Live rates: what the last two answers of the daemon make of the next frame. */
final class Frames {
  private final DaemonClient daemon;
  private final boolean simulated;
  private final Units units;
  private final Context context;
  private JsonNode answer;
  private Sample before;
  private Sample now;

  private Frames(DaemonClient daemon, Units units, Context context) throws IOException {
    this.daemon = daemon;
    this.units = units;
    this.context = context;
    simulated = DaemonClient.isSimulated(daemon.health());
    answer = ask();
    now = sample(answer);
    before = now;
  }

  /** Asks once; refusals are thrown here. */
  static Frames of(DaemonClient daemon, Units units, Context context) throws IOException {
    return new Frames(daemon, units, context);
  }

  /** Asks again. */
  void advance() throws IOException {
    answer = ask();
    before = now;
    now = sample(answer);
  }

  private JsonNode ask() throws IOException {
    return daemon.askForAllOrOwn(ApiRequest::sinceBoot, UsageQuery.NONE);
  }

  /** A simulated second is as long as its host takes it to be. */
  private Sample sample(JsonNode sinceBoot) {
    long nanos = simulated ? nanos(asOf()) : System.nanoTime();
    return new Sample(Line.all(sinceBoot.path("rows")), nanos);
  }

  private static long nanos(Instant time) {
    return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
  }

  private Instant asOf() {
    return Instant.parse(answer.path("asOf").asText());
  }

  /** Of the host that is shown. */
  private Instant now() {
    return simulated ? asOf() : context.clock().instant();
  }

  TopFrame current() throws IOException {
    LocalTimes times = new LocalTimes(context.clock().getZone());
    return new TopFrame(
        simulated ? times.second(now().toString()) : times.timeOfDay(now().toString()),
        times.second(answer.path("countedSince").asText()),
        simulated,
        Rates.between(before, now),
        truth(),
        units,
        context.style());
  }

  private JsonNode truth() throws IOException {
    return daemon.isOwnOnly()
        ? MissingNode.getInstance()
        : daemon.ask(ApiRequest.status()).path("truth");
  }

  String json() throws IOException {
    ObjectNode frame = JsonNodeFactory.instance.objectNode();
    frame.put("time", now().toString()).put("simulated", simulated);
    frame.set("countedSince", answer.path("countedSince"));
    ArrayNode rows = frame.putArray("rows");
    Rates.between(before, now).forEach(rate -> rows.add(json(rate)));
    frame.set("truth", truth());
    return JsonOutput.line(frame);
  }

  private static ObjectNode json(Rate rate) {
    ObjectNode row = rate.line().key().deepCopy();
    return row.put("rxBytesPerSecond", Math.round(rate.down()))
        .put("txBytesPerSecond", Math.round(rate.up()));
  }
}
