package org.uidnet.netd.networks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.uidnet.netd.sys.SysException;
import org.uidnet.programs.fuzz.Effort;
import org.uidnet.programs.fuzz.FuzzContract;

/**
 * The kernel's answers about links: whatever the bytes are, a {@link SysException} says what is
 * wrong, or the links have names.
 */
class LinksFuzzTest extends FuzzContract {
  private static final int MEGABYTES = 16;

  LinksFuzzTest() {
    super("links", 2000, LinksFuzzTest::fuzzerTestOneInput);
  }

  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Effort.limited(MEGABYTES, () -> check(input));
  }

  private static void check(byte[] input) {
    LinkDump dump = new LinkDump();
    try {
      dump.add(ByteBuffer.wrap(input).order(ByteOrder.nativeOrder()));
      assertThat(dump.links()).allMatch(link -> link.type() >= 0 && !link.name().contains("\0"));
    } catch (SysException e) {
      assertThat(e.getMessage()).matches("(?s)(read a netlink message|list the network).*: E?.+");
    }
  }
}
