package org.uidnet.api.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.uidnet.api.model.Health;
import org.uidnet.api.model.PollOutcome;
import org.uidnet.api.model.Status;
import org.uidnet.api.model.TruthReport;
import org.uidnet.api.model.UsageHistory;
import org.uidnet.api.model.UsageSinceBoot;
import org.uidnet.api.model.UsageSummary;

/**
 * A request before it is sent.
 *
 * @param target path and query
 * @param answer what it is answered with
 */
public record ApiRequest<T>(String method, String target, Class<T> answer) {

  public static ApiRequest<Health> health() {
    return get("/v1/health", UsageQuery.NONE, Health.class);
  }

  public static ApiRequest<Status> status() {
    return get("/v1/status", UsageQuery.NONE, Status.class);
  }

  public static ApiRequest<UsageSummary> summary(UsageQuery query) {
    return get("/v1/usage/summary", query, UsageSummary.class);
  }

  public static ApiRequest<UsageHistory> history(UsageQuery query) {
    return get("/v1/usage/history", query, UsageHistory.class);
  }

  public static ApiRequest<UsageSinceBoot> sinceBoot(UsageQuery query) {
    return get("/v1/usage/since-boot", query, UsageSinceBoot.class);
  }

  public static ApiRequest<TruthReport> truth(UsageQuery query) {
    return get("/v1/usage/truth", query, TruthReport.class);
  }

  public static ApiRequest<PollOutcome> poll() {
    return new ApiRequest<>("POST", "/v1/usage/poll", PollOutcome.class);
  }

  private static <T> ApiRequest<T> get(String path, UsageQuery query, Class<T> answer) {
    return new ApiRequest<>("GET", path + questionMark(query), answer);
  }

  private static String questionMark(UsageQuery query) {
    return query.parameters().entrySet().stream()
        .map(entry -> entry.getKey() + "=" + encode(entry.getValue()))
        .collect(Collectors.joining("&", query.parameters().isEmpty() ? "" : "?", ""));
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
