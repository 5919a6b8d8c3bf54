package org.uidnet.netd.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.uidnet.api.client.UsageQuery;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which traffic is asked for. Everything but names is checked by the server. */
final class FilterOptions {
  private static final Pattern AS_IT_IS = Pattern.compile("\\d+(-\\d+)?|self|removed");

  @Option(
      names = "--uid",
      paramLabel = "UID",
      description =
          "UIDs, ranges (1000-1999), user names, self, removed; a list is parted by commas.")
  private Optional<String> uid;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "2026-03-01T00:00:00Z, -7d (units s m h d w mo y), now, or epoch milliseconds.")
  private Optional<String> from;

  @Option(names = "--to", paramLabel = "TIME", description = "Likewise. Default: now.")
  private Optional<String> to;

  @Option(
      names = "--by",
      paramLabel = "LIST",
      description =
          "Split by uid, set, tag, iface, network, type, metered, roaming, default, netns, day; a"
              + " list is parted by commas.")
  private Optional<String> by;

  @Option(
      names = "--set",
      paramLabel = "SET",
      description = "Only this counter set: FOREGROUND or DEFAULT.")
  private Optional<String> set;

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description = "Only this socket tag, such as 0x1001.")
  private Optional<String> tag;

  @Option(names = "--iface", paramLabel = "NAME", description = "Only this interface.")
  private Optional<String> iface;

  @Mixin private NetworkOptions networks;

  boolean hasFrom() {
    return from.isPresent();
  }

  UsageQuery query(Context context, DaemonClient daemon) throws IOException {
    UsageQuery query = UsageQuery.NONE;
    if (uid.isPresent()) {
      query = query.uid(uids(uid.get(), context, daemon));
    }
    query = with(query, from, UsageQuery::from);
    query = with(query, to, UsageQuery::to);
    query = with(query, by, UsageQuery::by);
    query = with(query, set, UsageQuery::set);
    query = with(query, tag, UsageQuery::tag);
    query = with(query, iface, UsageQuery::iface);
    return networks.in(query);
  }

  private static <T> UsageQuery with(
      UsageQuery query, Optional<T> value, BiFunction<UsageQuery, T, UsageQuery> parameter) {
    return value.map(given -> parameter.apply(query, given)).orElse(query);
  }

  private static String uids(String list, Context context, DaemonClient daemon) throws IOException {
    List<String> uids = new ArrayList<>();
    for (String item : list.split(",", -1)) {
      uids.add(uid(item.strip(), context, daemon));
    }
    return String.join(",", uids);
  }

  /**
   * Names are those of the host that the command runs on; the daemon may know others, of apps, of
   * users that are no more, and of simulated ones.
   */
  private static String uid(String item, Context context, DaemonClient daemon) throws IOException {
    if (AS_IT_IS.matcher(item).matches()) {
      return item;
    }
    Optional<Long> known = context.names().uid(item);
    Optional<Long> uid = known.isPresent() ? known : daemon.uidOf(item);
    return uid.map(String::valueOf)
        .orElseThrow(
            () ->
                new CommandException(
                    ExitCode.BAD_USAGE,
                    "--uid: neither this host nor the daemon knows a user '%s'; give its UID in digits"
                        .formatted(item)));
  }
}
