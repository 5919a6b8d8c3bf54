package org.uidnet.netd.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PackagesFileTest {
  private static final PackagesFile FILE =
      PackagesFile.parse(
          Stream.of(
              "org.example.mail 10123 0 /data/user/0/org.example.mail default:targetSdkVersion=34",
              "com.android.a 1000 0 /data/user/0/com.android.a platform",
              "com.android.b 1000 0 /data/user/0/com.android.b platform",
              "com.android.c 1000 0 x",
              "com.android.d 1000 0 x",
              "broken",
              ""));

  @Test
  void name_ofTheFirstUser() {
    assertThat(FILE.name(10123)).contains("org.example.mail");
  }

  @Test
  void name_ofASecondaryUser() {
    assertThat(FILE.name(1_010_123)).contains("org.example.mail (user 10)");
  }

  @Test
  void name_ofASharedUid() {
    assertThat(FILE.name(1000)).contains("com.android.a, com.android.b, com.android.c and 1 more");
  }

  @Test
  void name_ofAnIsolatedProcess() {
    assertThat(FILE.name(1_099_001)).contains("isolated process 9001 (user 10)");
  }

  @Test
  void name_unknown() {
    assertThat(FILE.name(10124)).isEmpty();
    assertThat(PackagesFile.parse(Stream.empty()).name(1_099_001)).isEmpty();
  }
}
