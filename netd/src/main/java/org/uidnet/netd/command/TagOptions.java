package org.uidnet.netd.command;

import java.util.Set;
import org.uidnet.netd.tags.TagConfig;
import picocli.CommandLine.Option;

/** How a daemon lets sockets be tagged. */
final class TagOptions {
  @Option(
      names = "--tag-limit-per-uid",
      paramLabel = "N",
      defaultValue = "500",
      converter = WholeNumber.Keys.class,
      description =
          "No more sockets are charged to a UID while more keys than these (tag, counter set,"
              + " interface) count for it. Default: ${DEFAULT-VALUE}.")
  private int mostKeys;

  @Option(
      names = "--tag-limit-total",
      paramLabel = "PERCENT",
      defaultValue = "90",
      converter = WholeNumber.Percent.class,
      description =
          "No more sockets are tagged while more than this part of all slots is in use. Default:"
              + " ${DEFAULT-VALUE}.")
  private int mostSlots;

  @Option(
      names = "--dns-uid",
      paramLabel = "UID",
      split = ",",
      converter = UidNumber.class,
      description =
          "Resolvers: what is charged to them with the tag 0xffffff82 counts for the socket's owner;"
              + " a list is parted by commas. Default: none (Android: 1051).")
  private Set<Long> dnsUids = Set.of();

  @Option(
      names = "--translation-uid",
      paramLabel = "UID",
      split = ",",
      converter = UidNumber.class,
      description =
          "Who sends what others have sent, translated: it is not counted again, and nothing can be"
              + " charged to them; a list is parted by commas. Default: none (Android: 1029).")
  private Set<Long> translationUids = Set.of();

  TagConfig config() {
    return new TagConfig(mostKeys, mostSlots, dnsUids, translationUids);
  }
}
