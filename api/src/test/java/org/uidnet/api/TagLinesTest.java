package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.uidnet.api.model.TaggedSocket;
import org.uidnet.programs.SocketName;

/** What is said on tag.sock. */
class TagLinesTest {
  private static final OptionalLong PEER = OptionalLong.of(1000);
  private static final OptionalInt SOCKET = OptionalInt.of(9);

  private final FakeTags tags = new FakeTags();
  private final TagLines lines = new TagLines(tags, Set.of(2000L));

  @Test
  void line_tagsWhatWasPassed() {
    String answer = lines.answer(PEER, SOCKET, "{\"tag\":61453,\"chargeUid\":1001}\n");

    assertThat(tags.calls)
        .containsExactly(
            "Asker[uid=1000, admin=false] the socket that was passed Tag[tag=61453,"
                + " chargeUid=Optional[1001]]");
    assertThat(answer)
        .isEqualTo(
            "{\"tagged\":true,\"changed\":true,\"cookie\":4134,\"owner\":1000,\"tag\":61453,"
                + "\"chargeUid\":1001}");
  }

  @Test
  void line_toClear_takesTheTagOff() {
    assertThat(lines.answer(PEER, SOCKET, "{\"clear\":true}"))
        .isEqualTo("{\"tagged\":false,\"changed\":true,\"cookie\":4134,\"owner\":1000}");
  }

  @Test
  void admins_areSaidToBeAdmins() {
    lines.answer(OptionalLong.of(0), SOCKET, "{\"clear\":true}");
    lines.answer(OptionalLong.of(2000), SOCKET, "{\"clear\":true}");

    assertThat(tags.calls)
        .containsExactly(
            "Asker[uid=0, admin=true] the socket that was passed",
            "Asker[uid=2000, admin=true] the socket that was passed");
  }

  @Test
  void nobody_isRefused() {
    assertThat(lines.answer(OptionalLong.empty(), SOCKET, "{\"tag\":1}"))
        .contains("\"status\":401");
    assertThat(lines.answer(OptionalLong.of(65534), SOCKET, "{\"tag\":1}"))
        .contains("\"status\":401");
    assertThat(tags.calls).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                       | Give 'tag', 'chargeUid' or both.
          {"clear":false}          | Give 'tag', 'chargeUid' or both.
          {"clear":true,"tag":1}   | Give 'clear', or 'tag' and 'chargeUid'; not both.
          {"tag":1,"pid":7}        | Unknown field 'pid'.
          {"tag":1                 | The body is not JSON at line 1, column 9.
          """)
  void badLine_isAProblem(String line, String detail) {
    assertThat(lines.answer(PEER, SOCKET, line))
        .contains("\"status\":400")
        .contains("\"detail\":\"" + detail + "\"");
    assertThat(tags.calls).isEmpty();
  }

  @Test
  void withoutSocket_isEbadf() {
    assertThat(lines.answer(PEER, OptionalInt.empty(), "{\"tag\":1}"))
        .isEqualTo(
            "{\"type\":\"/problems/no-such-socket\",\"title\":\"No such socket or tag\",\"status\":404,"
                + "\"detail\":\"No descriptor came with the line.\",\"errno\":\"EBADF\"}");
  }

  @Test
  void fault_isToldWithoutInternals() {
    var broken =
        new TagLines(
            new SocketTags() {
              @Override
              public TaggedSocket tag(Asker asker, SocketName socket, Tag tag) {
                throw new IllegalStateException("secret");
              }

              @Override
              public TaggedSocket untag(Asker asker, SocketName socket) {
                throw new IllegalStateException("secret");
              }

              @Override
              public void forget(long uid) {
                throw new IllegalStateException("secret");
              }
            },
            Set.of());

    assertThat(broken.answer(PEER, SOCKET, "{\"tag\":1}"))
        .isEqualTo(
            "{\"type\":\"/problems/internal-error\",\"title\":\"A fault of uidnet\",\"status\":500,"
                + "\"detail\":\"uidnet failed to answer; its log says why.\"}");
  }
}
