package org.uidnet.api.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import org.uidnet.stats.Alert;
import org.uidnet.stats.UsageFilter.UidRange;
import org.uidnet.stats.network.NamePattern;
import org.uidnet.stats.network.NetworkTemplate;
import org.uidnet.stats.network.NetworkType;

/**
 * Whose use of what an alert is about, all of it together; what is absent does not restrict.
 *
 * @param uid in requests, instead of {@code uids}
 * @param iface {@code eth0}, or {@code netns:4026/eth0}; it need not exist
 * @param types of networks: {@code wifi}, {@code mobile}, ..., as usage is asked for
 * @param networks their names, in which {@code *} stands for any text
 */
public record AlertTemplate(
    Optional<Long> uid,
    Optional<List<Long>> uids,
    Optional<String> iface,
    Optional<List<String>> types,
    Optional<List<String>> networks,
    Optional<Boolean> metered,
    Optional<Boolean> roaming,
    @JsonProperty("default") Optional<Boolean> defaultNetwork) {

  /** All traffic that leaves the host. */
  public static final AlertTemplate ALL =
      new AlertTemplate(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public static AlertTemplate of(Alert.Template template) {
    NetworkTemplate networks = template.networks();
    return new AlertTemplate(
        Optional.empty(),
        some(template.uids().stream().map(UidRange::first).toList()),
        template.iface(),
        some(networks.types().stream().map(NetworkType::label).sorted().toList()),
        some(networks.names().stream().map(NamePattern::text).toList()),
        networks.metered(),
        networks.roaming(),
        networks.defaultNetwork());
  }

  private static <T> Optional<List<T>> some(List<T> list) {
    return Optional.of(list).filter(items -> !items.isEmpty());
  }
}
