package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import org.uidnet.api.model.Json;
import org.uidnet.api.model.OwnRulesDocument;
import org.uidnet.firewall.Setting;
import org.uidnet.programs.fuzz.Effort;
import org.uidnet.programs.fuzz.FuzzContract;

/**
 * Documents of own rules: whatever the bytes are, a {@link Refusal} says what is wrong with the
 * request, or the rules that were read are, written and read again, the same.
 */
class RulesFuzzTest extends FuzzContract {
  private static final int MEGABYTES = 64;

  RulesFuzzTest() {
    super("rules", 1000, RulesFuzzTest::fuzzerTestOneInput);
  }

  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Effort.limited(MEGABYTES, () -> check(input));
  }

  private static void check(byte[] input) throws JsonProcessingException {
    try {
      Setting.OwnRules rules = read(input);
      OwnRulesDocument written = OwnRuleTexts.document(rules);
      assertThat(read(Json.LENIENT.writeValueAsBytes(written))).isEqualTo(rules);
    } catch (Refusal e) {
      assertThat(e.problem().status()).isEqualTo(400);
      assertThat(e.problem().detail()).isNotBlank();
    }
  }

  private static Setting.OwnRules read(byte[] json) {
    return OwnRuleParameters.rules(Body.parse(json, OwnRulesDocument.class));
  }
}
