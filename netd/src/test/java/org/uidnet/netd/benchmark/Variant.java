package org.uidnet.netd.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.sys.NetworkNamespace;
import org.uidnet.netd.testing.TestCgroup;
import org.uidnet.netd.testing.Traffic;
import org.uidnet.netd.testing.VethPair;
import org.uidnet.programs.RuleMaps;
import org.uidnet.programs.object.ProgramObject;

/**
 * Something to measure, in a cgroup and a pair of network namespaces of its own, so that several
 * can be at work at once and be measured in turn.
 */
enum Variant {
  NONE("nothing", place -> () -> {}),
  EMPTY("empty program", place -> Peer.attached("empty", place.cgroup())),
  OURS("ours", place -> place.inside(() -> ours(place, rules -> {}))),
  OURS_CHAINS("ours, chains", place -> place.inside(() -> ours(place, Rules::enableChains))),
  OURS_ALL("ours, everything on", place -> place.inside(() -> ours(place, Rules::enableAll))),
  OURS_FOREIGN("ours, in a container's namespace", place -> ours(place, rules -> {})),
  OURS_BEFORE_TAGS(
      "ours before tags", place -> place.inside(() -> new Attached(beforeTags(), place.cgroup()))),
  ANDROID("Android's shape", place -> Peer.attached("android", place.cgroup())),
  SYSTEMD("systemd's accounting", place -> Peer.attached("systemd", place.cgroup())),
  NFT_COUNTERS("nftables counters", place -> Nftables.counters(place.namespace())),
  NFT_DROPS(
      "nftables counters and drops",
      place -> Nftables.dropping(place.namespace(), Rules.blocked()));

  private final String title;
  private final Installation installation;

  Variant(String title, Installation installation) {
    this.title = title;
    this.installation = installation;
  }

  private interface Installation {
    Installed in(Place place);
  }

  String title() {
    return title;
  }

  Place install() {
    return new Place(this);
  }

  private static Installed ours(Place place, Consumer<RuleMaps> rules) {
    Attached attached = new Attached(ProgramObject.load(), place.cgroup());
    rules.accept(attached.rules());
    return attached;
  }

  /** The object of 533ae90. */
  private static ProgramObject beforeTags() {
    try (InputStream in = Variant.class.getResourceAsStream("/uidnet-before-tags.bpf.o")) {
      return ProgramObject.parse(Objects.requireNonNull(in).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where a variant is at work, until it is closed. */
  static final class Place implements AutoCloseable {
    private final TestCgroup cgroup = TestCgroup.create();
    private final VethPair pair;
    private final Installed installed;

    private Place(Variant variant) {
      pair = new VethPair("bench" + variant.ordinal(), 1500, true);
      installed = variant.installation.in(this);
    }

    TestCgroup cgroup() {
      return cgroup;
    }

    /** The clients' end: its loopback is up, too. */
    String namespace() {
      return pair.clientNamespace();
    }

    VethPair pair() {
      return pair;
    }

    /** Does it on a thread in the clients' namespace. */
    <T> T inside(Supplier<T> work) {
      return CompletableFuture.supplyAsync(
              () -> {
                try (Fd file = Fd.open(Path.of("/run/netns", namespace()))) {
                  NetworkNamespace.enter(file);
                }
                return work.get();
              },
              task -> new Thread(task, "benchmark").start())
          .join();
    }

    Optional<Hooks> hooks() {
      return installed.hooks();
    }

    Traffic traffic() {
      return Traffic.in(cgroup.path()).namespace(namespace());
    }

    /** A command of the first UID that takes part, in the cgroup and one of the namespaces. */
    List<String> command(String namespace, String... words) {
      List<String> command =
          new ArrayList<>(
              List.of(
                  "bash",
                  "-c",
                  "echo $$ > \"$0/cgroup.procs\" && exec \"$@\"",
                  cgroup.path().toString(),
                  "nsenter",
                  "--net=/run/netns/" + namespace,
                  "setpriv",
                  "--reuid=" + Rules.FIRST_UID,
                  "--regid=" + Rules.FIRST_UID,
                  "--clear-groups"));
      command.addAll(List.of(words));
      return command;
    }

    @Override
    public void close() {
      try (cgroup;
          pair;
          installed) {
        // what is attached goes first
      }
    }
  }
}
