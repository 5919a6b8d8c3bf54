package org.uidnet.netd.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.uidnet.netd.daemon.SelfTest.Cost;
import org.uidnet.netd.daemon.SelfTest.Counted;
import org.uidnet.netd.daemon.SelfTest.Failed;
import org.uidnet.netd.daemon.SelfTest.Flow;
import org.uidnet.netd.kernel.Mounts;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.netd.testing.TestCgroup;
import org.uidnet.programs.Traffic;

@KernelTest
class SelfTestTest {
  private final TestCgroup parent = TestCgroup.create();
  private final List<Path> mounts = mounts();

  /** Closing the parent fails if a link is left on it; removing it, if a child is. */
  @AfterEach
  void nothingIsLeft() throws IOException {
    try (parent;
        Stream<Path> files = Files.list(parent.path())) {
      assertThat(files.filter(Files::isDirectory)).isEmpty();
      assertThat(mounts()).isEqualTo(mounts);
    }
  }

  private static List<Path> mounts() {
    String mine = "uidnet-check-";
    return Mounts.read()
        .where(mount -> mount.point().getFileName() != null)
        .map(Mounts.Mount::point)
        .filter(point -> point.getFileName().toString().startsWith(mine))
        .toList();
  }

  @Test
  void run_countsWhatWasSent() {
    SelfTest.Outcome outcome = SelfTest.run(Optional.of(parent.path()));

    assertThat(outcome).isInstanceOf(Counted.class);
    Counted counted = (Counted) outcome;
    assertThat(counted.leftOut()).isEmpty();
    assertThat(counted.flows())
        .extracting(flow -> flow.family() + " " + flow.uid())
        .containsExactly(
            "IPv4 0", "IPv4 65530", "IPv4 4000000001", "IPv6 0", "IPv6 65530", "IPv6 4000000001");
    assertThat(counted.flows()).allMatch(Flow::isExact, "is exact");
    assertThat(counted.flows().get(0).counted()).isEqualTo(new Traffic(54_000, 100, 54_000, 100));
    assertThat(counted.isExact()).isTrue();
    assertThat(counted.costs())
        .extracting(Cost::program)
        .containsExactlyInAnyOrder("uidnet_egress", "uidnet_ingress");
    assertThat(counted.costs()).allMatch(cost -> cost.nanoseconds() > 0, "takes time");
  }

  @Test
  void run_senderCannotJoin_saysWhy() throws IOException {
    Path threaded = Files.createDirectory(parent.path().resolve("threaded"));
    Files.writeString(threaded.resolve("cgroup.type"), "threaded");
    SelfTest.Outcome outcome = SelfTest.run(Optional.of(threaded));
    Files.delete(threaded);
    assertThat(outcome).isInstanceOf(Failed.class);
    assertThat(((Failed) outcome).why())
        .contains("a process could not be moved into the self-test's cgroup")
        .contains("Name another cgroup");
    assertThat(((Failed) outcome).notPermitted()).isFalse();
  }

  @Test
  void run_noCgroup_saysWhatToName() {
    SelfTest.Outcome outcome = SelfTest.run(Optional.of(Path.of("/tmp")));
    assertThat(outcome).isInstanceOf(Failed.class);
    assertThat(((Failed) outcome).why()).contains("/tmp is not on a cgroup v2 file system");
  }
}
