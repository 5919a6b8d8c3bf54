package org.uidnet.stats.android;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingNameTest {
  @Test
  void parse_tellsRecorderAndTimes() {
    assertThat(RecordingName.parse("uid_tag.1652850753061-1653283844886"))
        .contains(
            new RecordingName(Recorder.UID_TAG, 1652850753061L, OptionalLong.of(1653283844886L)));
    assertThat(RecordingName.parse("xt.1653668180173-"))
        .contains(new RecordingName(Recorder.XT, 1653668180173L, OptionalLong.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev.1-2", "uid.1653670512567-", "uid_tag.0-999999999999999999"})
  void toString_isTheFilesName(String name) {
    assertThat(RecordingName.parse(name).orElseThrow()).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "import.attempts",
        "uid",
        "uid.12",
        "uid.-12",
        "UID.1-2",
        "uid.1-2.bak",
        "uid.1-2\n",
        "wifi.1-2",
        "uid.9999999999999999999-",
        "uid_tag_and_more.1-2"
      })
  void parse_ofOtherFiles_isEmpty(String name) {
    assertThat(RecordingName.parse(name)).isEmpty();
  }
}
