package org.uidnet.netd.benchmark;

import java.time.Clock;
import java.util.Optional;
import org.uidnet.netd.kernel.Attachment;
import org.uidnet.netd.kernel.Cpus;
import org.uidnet.netd.kernel.Handover;
import org.uidnet.netd.kernel.Loader;
import org.uidnet.netd.kernel.Probe;
import org.uidnet.netd.sys.Bpf;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.testing.TestBpffs;
import org.uidnet.netd.testing.TestCgroup;
import org.uidnet.programs.Datapath;
import org.uidnet.programs.RuleMaps;
import org.uidnet.programs.object.Limits;
import org.uidnet.programs.object.ProgramObject;

/** Our programs on a cgroup, with no rule for anybody. */
final class Attached implements Installed {
  /** Room for 100,000 UIDs and more. */
  private static final int SLOTS = 1 << 17;

  private static final int SLOTS_PER_UID = 512;
  private static final int HIGH_UIDS = 1 << 16;

  /** Nobody wants what is counted. */
  private static final Handover NOBODY =
      new Handover() {
        @Override
        public void prepare(RuleMaps fresh) {}

        @Override
        public void retire(Datapath counted) {}
      };

  private final TestBpffs bpffs = TestBpffs.mounted();
  private final Attachment attachment;
  private final Hooks hooks;

  /** Takes the network namespace that it is called in for the host's. */
  Attached(ProgramObject object, TestCgroup cgroup) {
    boolean cookies = new Probe(object).namespaceCookies().isYes();
    attachment =
        new Loader(
                object,
                new Limits(SLOTS, SLOTS_PER_UID, HIGH_UIDS, Cpus.possible(), cookies),
                cgroup.cgroup(),
                bpffs.pins(),
                Clock.systemUTC())
            .attach(NOBODY);
    hooks = new Hooks(program("uidnet_egress"), program("uidnet_ingress"));
  }

  private Fd program(String name) {
    try (Fd link = Bpf.link(attachment.linkIds().get(name)).orElseThrow()) {
      return Bpf.program(Bpf.linkInfo(link).programId()).orElseThrow();
    }
  }

  RuleMaps rules() {
    return attachment.rules();
  }

  @Override
  public Optional<Hooks> hooks() {
    return Optional.of(hooks);
  }

  @Override
  public void close() {
    try (bpffs;
        hooks) {
      attachment.stop(NOBODY);
    }
  }
}
