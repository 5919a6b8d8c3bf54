package org.uidnet.api.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What a thread has set, which needs no daemon. */
class ThreadTagsTest {
  private final TrafficTags tags =
      new TrafficTags(UidnetClient.overSocket(Path.of("/nobody/listens.here")));

  @Test
  void getThreadTag_atFirst_isUnset() {
    assertThat(tags.getThreadTag()).isEqualTo(TrafficTags.UNSET);
    assertThat(tags.getThreadUid()).isEqualTo(TrafficTags.UNSET);
    assertThat(tags.isSet()).isFalse();
  }

  @Test
  void getAndSetThreadTag_answersTheTagBefore() {
    tags.setThreadTag(1);

    long before = tags.getAndSetThreadTag(2);

    assertThat(before).isEqualTo(1);
    assertThat(tags.getThreadTag()).isEqualTo(2);
  }

  @Test
  void getAndSetThreadTag_itsFirstAnswer_canBeSetAgain() {
    tags.setThreadTag(tags.getAndSetThreadTag(2));

    assertThat(tags.isSet()).isFalse();
  }

  @Test
  void clearThreadTag_leavesTheUid() {
    tags.setThreadTag(1);
    tags.setThreadUid(1001);

    tags.clearThreadTag();

    assertThat(tags.getThreadTag()).isEqualTo(TrafficTags.UNSET);
    assertThat(tags.getThreadUid()).isEqualTo(1001);
    assertThat(tags.isSet()).isTrue();
  }

  @Test
  void clearThreadUid_leavesTheTag() {
    tags.setThreadTag(1);
    tags.setThreadUid(1001);

    tags.clearThreadUid();

    assertThat(tags.getThreadTag()).isEqualTo(1);
    assertThat(tags.getThreadUid()).isEqualTo(TrafficTags.UNSET);
  }

  @Test
  void otherThreads_haveNoTag_norThoseThatThisOneStarts() throws Exception {
    tags.setThreadTag(1);
    tags.setThreadUid(1001);
    var other = new CompletableFuture<Boolean>();

    new Thread(() -> other.complete(tags.isSet())).start();

    assertThat(other.get()).isFalse();
  }

  @Test
  void otherTags_areIndependent() {
    var others = new TrafficTags(UidnetClient.ofHost());

    tags.setThreadTag(1);

    assertThat(others.isSet()).isFalse();
  }

  @Test
  @SuppressWarnings("try") // scopes are not looked at
  void scope_bringsBackWhatWasSet() {
    tags.setThreadTag(1);
    try (var outer = tags.threadTag(2)) {
      try (var inner = tags.threadTag(3)) {
        tags.setThreadUid(1001);
        assertThat(tags.getThreadTag()).isEqualTo(3);
      }
      assertThat(tags.getThreadTag()).isEqualTo(2);
      assertThat(tags.getThreadUid()).isEqualTo(TrafficTags.UNSET);
    }
    assertThat(tags.getThreadTag()).isEqualTo(1);
  }

  @Test
  @SuppressWarnings("try") // scopes are not looked at
  void scope_thatEndsWithAnException_bringsBackWhatWasSet() {
    assertThatThrownBy(
            () -> {
              try (var scope = tags.threadTag(2)) {
                throw new IOException("the connection broke");
              }
            })
        .isInstanceOf(IOException.class);

    assertThat(tags.isSet()).isFalse();
  }

  @Test
  void scope_closedByAnotherThread_isRefused() throws Exception {
    try (var scope = tags.threadTag(2)) {
      var pool = Executors.newSingleThreadExecutor();

      assertThatThrownBy(() -> pool.submit(scope::close).get())
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("can only be taken back by it");

      pool.shutdown();
    }
  }

  @Test
  void setThreadTag_isUnsigned() {
    tags.setThreadTag(0xffff_ffffL);

    assertThat(tags.getThreadTag()).isEqualTo(4_294_967_295L);
  }

  @Test
  void setThreadTag_outOfRange_isRefused() {
    assertThatThrownBy(() -> tags.setThreadTag(0xffff_ff82)) // an int, so -126
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "-126 is no tag; tags are 0 to 4294967295. Write 0xffffff82L, with an L at its end");
    assertThatThrownBy(() -> tags.setThreadTag(1L << 32))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void setThreadUid_outOfRange_isRefused() {
    assertThatThrownBy(() -> tags.setThreadUid(4_294_967_295L))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("4294967295 is no UID; UIDs are 0 to 4294967294");
  }

  @Test
  void tag_nothingIsSet_asksNobody() throws IOException {
    try (var tcp = new Socket();
        var udp = new DatagramSocket()) {
      tags.tag(tcp);
      tags.tag(udp);
    }
  }

  @Test
  void tag_noDaemon_isAnError() throws IOException {
    tags.setThreadTag(1);

    try (var udp = new DatagramSocket()) {
      assertThatThrownBy(() -> tags.tag(udp)).isInstanceOf(NoDaemonException.class);
    }
  }
}
