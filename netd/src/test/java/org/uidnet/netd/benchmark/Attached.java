package org.uidnet.netd.benchmark;

import java.time.Clock;
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

/** An object's programs on a cgroup of their own, with no rule for anybody. */
final class Attached implements AutoCloseable {
  /** Nobody wants what is counted. */
  private static final Handover NOBODY =
      new Handover() {
        @Override
        public void prepare(RuleMaps fresh) {}

        @Override
        public void retire(Datapath counted) {}
      };

  private final TestCgroup cgroup = TestCgroup.create();
  private final TestBpffs bpffs = TestBpffs.mounted();
  private final Attachment attachment;

  Attached(ProgramObject object) {
    boolean cookies = new Probe(object).namespaceCookies().isYes();
    attachment =
        new Loader(
                object,
                Limits.ofHost(Cpus.possible(), cookies),
                cgroup.cgroup(),
                bpffs.pins(),
                Clock.systemUTC())
            .attach(NOBODY);
  }

  TestCgroup cgroup() {
    return cgroup;
  }

  Fd program(String name) {
    try (Fd link = Bpf.link(attachment.linkIds().get(name)).orElseThrow()) {
      return Bpf.program(Bpf.linkInfo(link).programId()).orElseThrow();
    }
  }

  @Override
  public void close() {
    try (cgroup;
        bpffs) {
      attachment.stop(NOBODY);
    }
  }
}
