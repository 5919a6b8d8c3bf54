package org.uidnet.api;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.uidnet.api.model.AlertDocument;
import org.uidnet.api.model.AlertList;
import org.uidnet.api.model.AlertRequest;
import org.uidnet.api.model.AlertTemplate;
import org.uidnet.api.model.Change;
import org.uidnet.stats.Alert;
import org.uidnet.stats.Usage;
import org.uidnet.stats.UsageFilter.UidRange;

/** Alerts; who may not see all has its own, about itself. */
final class AlertEndpoints {
  static final Set<String> DELETION = Set.of("strict");

  private final Usage usage;

  AlertEndpoints(Usage usage) {
    this.usage = usage;
  }

  AlertList alerts(Call call) {
    return new AlertList(
        usage.alerts().stream()
            .filter(alert -> isOf(call.caller(), alert))
            .map(AlertDocument::of)
            .toList());
  }

  AlertDocument add(Call call) {
    AlertRequest request = call.body().read(AlertRequest.class);
    Alert.Template template =
        AlertParameters.template(request.template().orElse(AlertTemplate.ALL));
    requireOwn(call.caller(), template.uids());
    long threshold = AlertParameters.threshold(request);
    return AlertDocument.of(usage.addAlert(call.caller().uid(), template, threshold));
  }

  private static void requireOwn(Caller caller, List<UidRange> uids) {
    boolean own =
        !uids.isEmpty()
            && uids.stream().allMatch(range -> caller.uid().equals(OptionalLong.of(range.first())));
    if (!caller.seesAll() && !own) {
      throw Refusal.of(
          ProblemType.OWN_ONLY,
          "UID %1$d may be told of its own usage only: add \"uid\": %1$d to the template."
              .formatted(caller.uid().orElseThrow()));
    }
  }

  /** Android ignores who deletes what is not there, or not its own; strictly it is not there. */
  Change delete(Call call) {
    call.body().requireNoFields();
    Optional<Alert> alert = find(call);
    if (alert.isEmpty() && FirewallParameters.terms(call).strict()) {
      throw Refusal.of(
              ProblemType.NO_SUCH_ALERT,
              "There is no alert '" + text(call) + "' of yours; GET /v1/alerts lists them.")
          .withErrno("ENOENT");
    }
    return Change.of(alert.isPresent() && usage.deleteAlert(alert.orElseThrow().id()), call.now());
  }

  private Optional<Alert> find(Call call) {
    return usage.alerts().stream()
        .filter(alert -> Long.toString(alert.id()).equals(text(call)))
        .filter(alert -> isOf(call.caller(), alert))
        .findFirst();
  }

  private static boolean isOf(Caller caller, Alert alert) {
    return caller.seesAll() || alert.owner().equals(caller.uid());
  }

  private static String text(Call call) {
    return call.path().getOrDefault("id", "");
  }
}
