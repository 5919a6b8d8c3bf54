package org.uidnet.api;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.uidnet.api.model.AlertRequest;
import org.uidnet.api.model.AlertTemplate;
import org.uidnet.stats.Alert;
import org.uidnet.stats.UsageFilter.UidRange;
import org.uidnet.stats.network.NetworkTemplate;

/** Reads alerts. */
final class AlertParameters {
  private static final int MOST_UIDS = 1000;

  private AlertParameters() {}

  static long threshold(AlertRequest request) {
    long bytes = Fields.required("thresholdBytes", request.thresholdBytes());
    if (bytes < 1) {
      throw Refusal.badField(
          "thresholdBytes", bytes + " bytes are no threshold: it is told when more were used.");
    }
    return bytes;
  }

  static Alert.Template template(AlertTemplate template) {
    return new Alert.Template(
        uids(template).stream().map(uid -> new UidRange(uid, uid)).toList(),
        template.iface().map(AlertParameters::iface),
        networks(template));
  }

  /** None are all, so an empty list would be the opposite of what it looks like. */
  private static List<Long> uids(AlertTemplate template) {
    if (template.uid().isPresent() && template.uids().isPresent()) {
      throw Refusal.badField("template.uids", "Give 'uid' or 'uids', not both.");
    }
    if (template.uids().isEmpty()) {
      return template.uid().map(uid -> UidParameter.check("template.uid", uid)).stream().toList();
    }
    List<Long> uids = List.copyOf(Fields.uids("template.uids", template.uids()));
    if (uids.isEmpty() || uids.size() > MOST_UIDS) {
      throw Refusal.badField(
          "template.uids",
          "The list has 1 to %d UIDs; leave it out for all of them.".formatted(MOST_UIDS));
    }
    return uids;
  }

  private static String iface(String name) {
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw Refusal.badField("template.iface", "No interface has a control character in its name.");
    }
    return UsageParameters.iface(Fields.text("template.iface", Optional.of(name)));
  }

  private static NetworkTemplate networks(AlertTemplate template) {
    return NetworkTemplate.ANY
        .withTypes(
            template.types().orElse(List.of()).stream()
                .map(NetworkParameters::type)
                .collect(Collectors.toSet()))
        .withNames(NetworkParameters.names(template.networks().orElse(List.of())))
        .withMetered(template.metered())
        .withRoaming(template.roaming())
        .withDefaultNetwork(template.defaultNetwork());
  }
}
