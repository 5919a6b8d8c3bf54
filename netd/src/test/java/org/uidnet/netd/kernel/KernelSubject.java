package org.uidnet.netd.kernel;

import static org.uidnet.netd.testing.Commands.line;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.sys.Pidfd;
import org.uidnet.netd.testing.HostKernel;
import org.uidnet.netd.testing.Traffic;
import org.uidnet.programs.AccountingMaps;
import org.uidnet.programs.Datapath;
import org.uidnet.programs.contract.TagSubject;
import org.uidnet.programs.object.Limits;

/** This kernel. The second wire is the loopback of a network namespace of its own. */
final class KernelSubject implements TagSubject {
  private final Host host = new Host();
  private final Attachment attachment;
  private final Map<Wire, Traffic.Server> senders = new EnumMap<>(Wire.class);

  KernelSubject(Sizes sizes) {
    Limits limits =
        new Limits(
            sizes.slots(),
            sizes.slotsPerUid(),
            sizes.highUids(),
            Cpus.possible(),
            HostKernel.hasNamespaceCookies());
    attachment = host.attach(limits);
  }

  @Override
  public Datapath datapath() {
    return attachment.datapath();
  }

  @Override
  public AccountingMaps accounting() {
    return attachment.accounting();
  }

  @Override
  public Pair open(Wire wire, long sender, long receiver) {
    Traffic.Server process = senders.computeIfAbsent(wire, this::senderOn);
    return new KernelPair(process, process.ask("open %d %d".formatted(sender, receiver)));
  }

  /** Two sockets of the sending process, copied here. */
  private static final class KernelPair implements Pair {
    private final Traffic.Server process;
    private final Fd from;
    private final Fd to;

    private KernelPair(Traffic.Server process, String descriptors) {
      this.process = process;
      String[] numbers = descriptors.split(" ");
      try (Fd opened = Pidfd.open(process.pid())) {
        from = Pidfd.get(opened, Integer.parseInt(numbers[0]));
        to = Pidfd.get(opened, Integer.parseInt(numbers[1]));
      }
    }

    @Override
    public int sender() {
      return from.number();
    }

    @Override
    public int receiver() {
      return to.number();
    }

    @Override
    public Fate send(int payload) {
      return Fate.valueOf(process.ask("send " + payload).toUpperCase(Locale.ROOT));
    }

    @Override
    public void close() {
      from.close();
      to.close();
      process.ask("close");
    }
  }

  private Traffic.Server senderOn(Wire wire) {
    Traffic traffic = Traffic.in(host.cgroup.path());
    if (wire == Wire.SECOND) {
      HostKernel.assumeNamespaceCookies(); // both loopbacks have the number 1
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
