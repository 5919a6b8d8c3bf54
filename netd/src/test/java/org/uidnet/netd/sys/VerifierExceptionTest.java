package org.uidnet.netd.sys;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VerifierExceptionTest {
  private static final String REASON = "0: R1=ctx() R10=fp0\n0: (95) exit\nR0 !read_ok\n";
  private static final String STATISTICS = "processed 1 insns (limit 1000000) total_states 0\n";

  @Test
  void lastWords_areBeforeTheStatistics() {
    assertThat(VerifierException.lastWords(REASON + STATISTICS))
        .isEqualTo("0: R1=ctx() R10=fp0; 0: (95) exit; R0 !read_ok");
  }

  /** As Linux 7.3 wrote it. */
  @Test
  void lastWords_ofALogWithAReport_endWithItsTitle() {
    String report =
        "\nVerification failed: Register Type Safety: Unreadable register\n\nReason:\n  R0 has never"
            + " been initialized on this path.\n\nSuggestion:\n  Initialize R0.\n\n";
    assertThat(VerifierException.lastWords(REASON + report + STATISTICS))
        .isEqualTo(
            "0: (95) exit; R0 !read_ok; Verification failed: Register Type Safety: Unreadable register");
  }

  @Test
  void lastWords_ofAnEmptyLog_areNone() {
    assertThat(VerifierException.lastWords("")).isEmpty();
  }
}
