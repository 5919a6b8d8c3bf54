package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminTokenTest {
  @TempDir Path dir;
  private Path file;

  @BeforeEach
  void name() {
    file = dir.resolve("admin.token");
  }

  @Test
  void create_writesASecretForTheOwnerOnly() throws IOException {
    var token = AdminToken.loadOrCreate(file);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file)).matches("[A-Za-z0-9_-]{43}\n");
    assertThat(token.matches(Files.readString(file).strip())).isTrue();
    assertThat(token.matches("")).isFalse();
    assertThat(token.matches(Files.readString(file))).isFalse();
  }

  @Test
  void load_keepsTheSecret() throws IOException {
    AdminToken.loadOrCreate(file);
    String secret = Files.readString(file).strip();

    assertThat(AdminToken.loadOrCreate(file).matches(secret)).isTrue();
    assertThat(Files.readString(file).strip()).isEqualTo(secret);
  }

  @Test
  void secrets_differ() throws IOException {
    AdminToken.loadOrCreate(file);
    var other = AdminToken.loadOrCreate(dir.resolve("other"));

    assertThat(other.matches(Files.readString(file).strip())).isFalse();
  }

  @Test
  void load_afterACrashBeforeTheFirstWrite_makesAnother() throws IOException {
    Files.createFile(file);

    AdminToken.loadOrCreate(file);

    assertThat(Files.readString(file)).hasSize(44);
  }

  @Test
  void load_refusesWhatOthersMayRead() throws IOException {
    AdminToken.loadOrCreate(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    assertThatThrownBy(() -> AdminToken.loadOrCreate(file))
        .hasMessage(
            file + " may be read by others, so it is no secret; delete it and a new one is made");
  }

  @Test
  void load_followsNoLink() throws IOException {
    Path target = Files.createFile(dir.resolve("target"));
    Files.createSymbolicLink(file, target);

    assertThatThrownBy(() -> AdminToken.loadOrCreate(file)).isInstanceOf(IOException.class);
    assertThat(target).isEmptyFile();
  }

  @Test
  void load_refusesOtherContent() throws IOException {
    AdminToken.loadOrCreate(file);
    Files.writeString(file, "password");

    assertThatThrownBy(() -> AdminToken.loadOrCreate(file))
        .hasMessage(file + " holds no token of ours; delete it and a new one is made");
  }
}
