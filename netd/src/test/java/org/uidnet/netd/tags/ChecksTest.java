package org.uidnet.netd.tags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.uidnet.api.SocketTags.Asker;
import org.uidnet.programs.ErrnoException;

/** Android's checks as its table tells them (reference section 2.1), each by itself. */
class ChecksTest {
  private static final long PRIVILEGED = 7;
  private static final Checks CHECKS =
      new Checks(
          new TagConfig(500, 90, Set.of(), Set.of(1029L)), uid -> uid == 0 || uid == PRIVILEGED);

  private static String errno(Runnable check) {
    var refusal = catchThrowableOfType(ErrnoException.class, check::run);
    return refusal == null ? "0" : refusal.errno();
  }

  @Test
  void notReady_isEperm() {
    assertThat(errno(() -> Checks.requireReady(false))).isEqualTo("EPERM");
    assertThat(errno(() -> Checks.requireReady(true))).isEqualTo("0");
  }

  @ParameterizedTest
  @CsvSource({
    "1000, 1000, 0",
    "1000, 1001, EPERM",
    "1000, 0,    EPERM",
    "7,    1001, 0",
    "0,    1001, 0",
    "0,    1029, EPERM",
    "7,    1029, EPERM",
    "1029, 1029, EPERM"
  })
  void charging_needsThePermission_andNeverATranslator(long uid, long charged, String errno) {
    assertThat(errno(() -> CHECKS.requireMayCharge(new Asker(uid, false), charged)))
        .isEqualTo(errno);
  }

  /** An admin that may tag others' sockets may not charge others by that alone. */
  @Test
  void charging_isAskedOfThePermissionAlone() {
    assertThat(errno(() -> CHECKS.requireMayCharge(new Asker(1000, true), 1001)))
        .isEqualTo("EPERM");
  }

  @ParameterizedTest
  @CsvSource({
    "1000, false, 1000, 0",
    "1000, false, 0,    EPERM",
    "1000, false, 1001, EPERM",
    "7,    false, 1001, EPERM",
    "1000, true,  1001, 0",
    "0,    true,  1001, 0"
  })
  void socket_mustBeOnesOwn_butForAdmins(long uid, boolean admin, long owner, String errno) {
    assertThat(errno(() -> Checks.requireOwn(new Asker(uid, admin), socket(owner, 2, 6))))
        .isEqualTo(errno);
  }

  @ParameterizedTest
  @CsvSource({
    "2,  6,   0",
    "2,  17,  0",
    "10, 6,   0",
    "10, 17,  0",
    "1,  0,   EAFNOSUPPORT",
    "16, 6,   EAFNOSUPPORT",
    "17, 768, EAFNOSUPPORT",
    "40, 0,   EAFNOSUPPORT",
    "2,  1,   EPROTONOSUPPORT",
    "2,  0,   EPROTONOSUPPORT",
    "2,  132, EPROTONOSUPPORT",
    "2,  255, EPROTONOSUPPORT",
    "10, 58,  EPROTONOSUPPORT",
    "10, 262, EPROTONOSUPPORT"
  })
  void socket_mustBeOfInternetFamily_andTcpOrUdp(int domain, int protocol, String errno) {
    assertThat(errno(() -> Checks.requireKind(socket(1000, domain, protocol)))).isEqualTo(errno);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "499, 0", "500, 0", "501, EMFILE"})
  void keysOfTheUid_mayBe500(int keys, String errno) {
    assertThat(errno(() -> CHECKS.requireRoomOf(1000, keys))).isEqualTo(errno);
  }

  private static HeldSocket socket(long owner, int domain, int protocol) {
    return new HeldSocket(3, domain, protocol, owner, 1, 1, () -> {});
  }
}
