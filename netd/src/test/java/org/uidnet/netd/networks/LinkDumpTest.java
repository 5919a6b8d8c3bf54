package org.uidnet.netd.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.uidnet.netd.networks.LinkDump.Link;
import org.uidnet.netd.sys.SysException;
import org.uidnet.programs.Traffic;

/** Answers as the kernel writes them, made by hand; any others are {@link LinksFuzzTest}'s. */
class LinkDumpTest {
  private static final int NEWLINK = 16;
  private static final int DONE = 3;
  private static final int ERROR = 2;
  private static final int INTERRUPTED = 0x10;

  private final ByteBuffer answer = ByteBuffer.allocate(4096).order(ByteOrder.nativeOrder());
  private final LinkDump dump = new LinkDump();

  @Test
  void add_readsLinksUntilDone() {
    link(7, 1, "veth7", Optional.of("veth"), new Traffic(10, 1, 20, 2));
    link(1, 772, "lo", Optional.empty(), new Traffic(3, 4, 5, 6));
    message(DONE, 0, new byte[4]);

    dump.add(answer.flip());

    assertThat(dump.isDone()).isTrue();
    assertThat(dump.wasInterrupted()).isFalse();
    assertThat(dump.links())
        .containsExactly(
            new Link(7, 1, "veth7", Optional.of("veth"), new Traffic(10, 1, 20, 2)),
            new Link(1, 772, "lo", Optional.empty(), new Traffic(3, 4, 5, 6)));
  }

  @Test
  void add_noticesThatLinksChangedMeanwhile() {
    message(DONE, INTERRUPTED, new byte[4]);

    dump.add(answer.flip());

    assertThat(dump.wasInterrupted()).isTrue();
  }

  @Test
  void add_errorSaysWhatWasTried() {
    message(ERROR, 0, ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(-1).array());

    assertThatThrownBy(() -> dump.add(answer.flip()))
        .isInstanceOf(SysException.class)
        .hasMessage("list the network interfaces: EPERM (a capability is missing)");
  }

  private void link(int ifindex, int type, String name, Optional<String> kind, Traffic counters) {
    ByteBuffer body = ByteBuffer.allocate(512).order(ByteOrder.nativeOrder());
    body.putShort((short) 0).putShort((short) type).putInt(ifindex).putLong(0);
    attribute(body, 3, text(name));
    attribute(body, 99, new byte[3]);
    kind.ifPresent(k -> attribute(body, 18 | 0x8000, nested(1, text(k))));
    attribute(body, 23, stats(counters));
    byte[] bytes = new byte[body.position()];
    body.get(0, bytes);
    message(NEWLINK, 0, bytes);
  }

  private static byte[] stats(Traffic t) {
    return ByteBuffer.allocate(200)
        .order(ByteOrder.nativeOrder())
        .putLong(t.rxPackets())
        .putLong(t.txPackets())
        .putLong(t.rxBytes())
        .putLong(t.txBytes())
        .array();
  }

  private static byte[] text(String text) {
    return (text + "\0").getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] nested(int type, byte[] payload) {
    ByteBuffer nested = ByteBuffer.allocate(64).order(ByteOrder.nativeOrder());
    attribute(nested, type, payload);
    byte[] bytes = new byte[nested.position()];
    nested.get(0, bytes);
    return bytes;
  }

  private static void attribute(ByteBuffer to, int type, byte[] payload) {
    to.putShort((short) (4 + payload.length)).putShort((short) type).put(payload);
    while (to.position() % 4 != 0) {
      to.put((byte) 0);
    }
  }

  private void message(int type, int flags, byte[] body) {
    answer.putInt(16 + body.length).putShort((short) type).putShort((short) flags).putLong(0);
    answer.put(body);
    while (answer.position() % 4 != 0) {
      answer.put((byte) 0);
    }
  }
}
