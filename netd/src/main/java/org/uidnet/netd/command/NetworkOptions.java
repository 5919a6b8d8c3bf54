package org.uidnet.netd.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.uidnet.api.client.UsageQuery;
import org.uidnet.api.model.AlertTemplate;
import picocli.CommandLine.Option;

/** Which networks are meant; all that are given must hold. The server checks them. */
final class NetworkOptions {
  @Option(
      names = "--type",
      paramLabel = "LIST",
      description =
          "Only networks of these types: mobile, wifi, bluetooth, ethernet, proxy, vpn, test, none"
              + " (loopback); a list is parted by commas.")
  private Optional<String> type;

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description =
          "Only networks of this name, or mobile ones of this subscriber. * stands for any text"
              + " ('Cafe*'), \\ takes the next character as it is.")
  private Optional<String> network;

  @Option(
      names = "--radio",
      paramLabel = "LIST",
      description =
          "Only mobile networks of these technologies: gsm, umts, lte, nr, nr-non-standalone,"
              + " unknown.")
  private Optional<String> radio;

  @Option(
      names = "--metered",
      paramLabel = "true|false",
      arity = "0..1",
      fallbackValue = "true",
      description = "Only metered networks, or with --metered=false only others.")
  private Optional<Boolean> metered;

  @Option(
      names = "--roaming",
      paramLabel = "true|false",
      arity = "0..1",
      fallbackValue = "true",
      description = "Likewise: networks abroad.")
  private Optional<Boolean> roaming;

  @Option(
      names = "--default",
      paramLabel = "true|false",
      arity = "0..1",
      fallbackValue = "true",
      description = "Likewise: where everything went that was not bound elsewhere.")
  private Optional<Boolean> defaultNetwork;

  /** An alert's; alerts know no radios. */
  AlertTemplate template(Optional<List<Long>> uids, Optional<String> iface) {
    if (radio.isPresent()) {
      throw new CommandException(ExitCode.BAD_USAGE, "--radio: alerts do not tell radios apart");
    }
    return new AlertTemplate(
        Optional.empty(),
        uids,
        iface,
        type.map(list -> List.of(list.split(",", -1))),
        network.map(List::of),
        metered,
        roaming,
        defaultNetwork);
  }

  UsageQuery in(UsageQuery query) {
    Map<String, Optional<?>> given = new LinkedHashMap<>();
    given.put("type", type);
    given.put("network", network);
    given.put("radio", radio);
    given.put("metered", metered);
    given.put("roaming", roaming);
    given.put("default", defaultNetwork);
    UsageQuery with = query;
    for (Map.Entry<String, Optional<?>> parameter : given.entrySet()) {
      if (parameter.getValue().isPresent()) {
        with = with.with(parameter.getKey(), String.valueOf(parameter.getValue().get()));
      }
    }
    return with;
  }
}
