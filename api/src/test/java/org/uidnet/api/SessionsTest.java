package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.uidnet.api.Caller.Role.ADMIN;
import static org.uidnet.api.Caller.Role.READ;
import static org.uidnet.api.Caller.Role.USER;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private long nanos = Long.MAX_VALUE - 5;
  private final Sessions sessions =
      new Sessions(() -> nanos, Clock.fixed(TestServer.NOW, ZoneOffset.UTC));

  private Sessions.Issued open(long uid, Caller.Role role) {
    return sessions.open(sessions.newCode(uid, role).secret()).orElseThrow();
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  @Test
  void code_opensOneSession() {
    String code = sessions.newCode(1000, USER).secret();

    Sessions.Issued session = sessions.open(code).orElseThrow();

    assertThat(sessions.open(code)).isEmpty();
    Caller caller = sessions.caller(session.secret()).orElseThrow();
    assertThat(caller.uid()).isEqualTo(OptionalLong.of(1000));
    assertThat(caller.role()).isEqualTo(USER);
    assertThat(caller.transport()).isEqualTo(Caller.Transport.TCP);
  }

  @Test
  void code_isGoodForNinetySeconds() {
    String early = sessions.newCode(0, ADMIN).secret();
    String late = sessions.newCode(0, ADMIN).secret();

    pass(Duration.ofSeconds(90).minusNanos(1));
    assertThat(sessions.open(early)).isPresent();
    pass(Duration.ofNanos(1));
    assertThat(sessions.open(late)).isEmpty();
  }

  @Test
  void code_isNoToken_andATokenNoCode() {
    Sessions.Issued code = sessions.newCode(0, ADMIN);
    assertThat(sessions.caller(code.secret())).isEmpty();

    Sessions.Issued session = sessions.open(code.secret()).orElseThrow();
    assertThat(sessions.open(session.secret())).isEmpty();
    assertThat(sessions.open("")).isEmpty();
  }

  @Test
  void expiry_isToldByTheClock() {
    assertThat(sessions.newCode(0, ADMIN).expiresAt()).isEqualTo(TestServer.NOW.plusSeconds(90));
    assertThat(open(0, READ).expiresAt()).isEqualTo(TestServer.NOW.plus(Duration.ofHours(12)));
  }

  @Test
  void session_endsAfterAnHourWithoutUse() {
    String token = open(0, ADMIN).secret();
    for (int i = 0; i < 3; i++) {
      pass(Duration.ofMinutes(59));
      assertThat(sessions.caller(token)).isPresent();
    }

    pass(Duration.ofHours(1));
    assertThat(sessions.caller(token)).isEmpty();
  }

  @Test
  void session_isUsedByItsStreams() {
    String token = open(0, ADMIN).secret();
    long id = sessions.caller(token).orElseThrow().proof().id();
    pass(Duration.ofMinutes(59));
    assertThat(sessions.isOpen(id)).isTrue();
    pass(Duration.ofMinutes(59));

    assertThat(sessions.caller(token)).isPresent();
  }

  @Test
  void session_endsAfterTwelveHoursWhateverItIsUsedFor() {
    String token = open(0, ADMIN).secret();
    long id = sessions.caller(token).orElseThrow().proof().id();
    for (int i = 0; i < 24; i++) {
      assertThat(sessions.caller(token)).isPresent();
      pass(Duration.ofMinutes(30));
    }

    assertThat(sessions.caller(token)).isEmpty();
    assertThat(sessions.isOpen(id)).isFalse();
  }

  @Test
  void end_endsItOnce() {
    String token = open(0, ADMIN).secret();
    String other = open(0, ADMIN).secret();
    long id = sessions.caller(token).orElseThrow().proof().id();

    assertThat(sessions.end(id)).isTrue();
    assertThat(sessions.end(id)).isFalse();
    assertThat(sessions.caller(token)).isEmpty();
    assertThat(sessions.caller(other)).isPresent();
  }

  @Test
  void oneUidTooMany_itsOldestGivesWay() {
    String others = open(7, USER).secret();
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i <= Sessions.MOST_PER_UID; i++) {
      tokens.add(open(1000, USER).secret());
    }

    assertThat(sessions.caller(tokens.get(0))).isEmpty();
    assertThat(tokens.stream().skip(1)).allMatch(token -> sessions.caller(token).isPresent());
    assertThat(sessions.caller(others)).isPresent();
  }

  @Test
  void usersTooMany_areRefused_andAdminsAreNot() {
    for (long uid = 1; uid <= Sessions.MOST_OF_USERS; uid++) {
      sessions.newCode(uid, USER);
    }

    assertThatThrownBy(() -> sessions.newCode(2000, USER))
        .hasMessage("The server has as many open pages of users as it takes; try again later.");
    assertThat(open(0, ADMIN).role()).isEqualTo(ADMIN);
  }
}
