package org.uidnet.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExemptionsTest {
  @ParameterizedTest
  @EnumSource
  void all_areThoseWhoAreExemptFromAnything(Exemptions exemptions) {
    assertThat(exemptions.all().toArray())
        .isEqualTo(
            LongStream.range(0, 200_000)
                .filter(uid -> exemptions.fromAllowlists(uid) || exemptions.fromEverything(uid))
                .toArray());
  }
}
