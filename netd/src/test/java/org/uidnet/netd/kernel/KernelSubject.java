package org.uidnet.netd.kernel;

import static org.uidnet.netd.testing.Commands.line;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.uidnet.netd.testing.Traffic;
import org.uidnet.programs.Datapath;
import org.uidnet.programs.contract.Subject;
import org.uidnet.programs.object.Limits;

/** This kernel. The second wire is the loopback of a network namespace of its own. */
final class KernelSubject implements Subject {
  private final Host host = new Host();
  private final Attachment attachment;
  private final Map<Wire, Traffic.Server> senders = new EnumMap<>(Wire.class);

  KernelSubject(Sizes sizes) {
    Limits limits =
        new Limits(sizes.slots(), sizes.slotsPerUid(), sizes.highUids(), Cpus.possible(), true);
    attachment = host.attach(limits);
  }

  @Override
  public Datapath datapath() {
    return attachment.datapath();
  }

  @Override
  public Fate send(Wire wire, long sender, long receiver, int payload) {
    String answer =
        senders
            .computeIfAbsent(wire, this::senderOn)
            .ask("%d %d %d".formatted(sender, receiver, payload));
    return Fate.valueOf(answer.toUpperCase(Locale.ROOT));
  }

  private Traffic.Server senderOn(Wire wire) {
    Traffic traffic = Traffic.in(host.cgroup.path());
    if (wire == Wire.SECOND) {
      makeNamespace();
      return traffic.namespace(namespace()).serve("udp-asked");
    }
    return traffic.serve("udp-asked");
  }

  /** Known to the programs before a socket is made in it. */
  private void makeNamespace() {
    line("ip netns add %s", namespace());
    line("ip -n %s link set lo up", namespace());
    attachment.namespaces().round();
  }

  /** As unique as the cgroup. */
  private String namespace() {
    return String.valueOf(host.cgroup.path().getFileName());
  }

  @Override
  public void close() {
    senders.values().forEach(Traffic.Server::close);
    if (senders.containsKey(Wire.SECOND)) {
      line("ip netns del %s", namespace());
    }
    host.close();
  }
}
