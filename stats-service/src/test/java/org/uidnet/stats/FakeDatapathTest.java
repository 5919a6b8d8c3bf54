package org.uidnet.stats;

import java.time.Instant;
import org.uidnet.programs.Datapath;
import org.uidnet.programs.SlotId;
import org.uidnet.programs.Traffic;
import org.uidnet.programs.contract.DatapathContract;
import org.uidnet.programs.contract.Subject;

/** The fake counts as the kernel does; it has no rules, so verdicts are not its business. */
class FakeDatapathTest extends DatapathContract {
  private static final int IP_AND_UDP = 28;

  @Override
  protected Subject open(Subject.Sizes sizes) {
    FakeDatapath datapath =
        new FakeDatapath(
            sizes.slots(), sizes.slotsPerUid(), sizes.highUids(), Instant.EPOCH.plusSeconds(1));
    return new OnFake(datapath);
  }

  private record OnFake(FakeDatapath fake) implements Subject {
    @Override
    public Datapath datapath() {
      return fake;
    }

    @Override
    public Fate send(Wire wire, long sender, long receiver, int payload) {
      int bytes = IP_AND_UDP + payload;
      fake.count(key(wire, sender), new Traffic(0, 0, bytes, 1));
      fake.count(key(wire, receiver), new Traffic(bytes, 1, 0, 0));
      return Fate.ARRIVED;
    }

    private SlotId key(Wire wire, long uid) {
      int set = fake.makeRow(uid).stream().map(fake.uids()::counterSet).findFirst().orElse(0);
      return new SlotId(uid, 0, set, 1 + wire.ordinal(), FakeDatapath.HOST);
    }

    @Override
    public void close() {}
  }
}
