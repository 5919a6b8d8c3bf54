package org.uidnet.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresTargetTest {
  @Test
  void parse_takesWhatPsqlTakes() {
    assertThat(PostgresTarget.parse("postgresql://anna@db1:5432,db2/fleet?sslmode=verify-full"))
        .isEqualTo(
            new PostgresTarget("db1:5432,db2/fleet", Optional.of("anna"), "sslmode=verify-full"));
    assertThat(PostgresTarget.parse("postgres://[::1]:26257/defaultdb").jdbcUrl())
        .isEqualTo("jdbc:postgresql://[::1]:26257/defaultdb");
  }

  @Test
  void name_isTheDatabaseWhateverTheUserAndParameters() {
    PostgresTarget before = PostgresTarget.parse("postgresql://anna@db/fleet");
    PostgresTarget after = PostgresTarget.parse("postgresql://ben@db/fleet?sslmode=require");
    assertThat(after.name()).isEqualTo(before.name()).isEqualTo("postgresql://db/fleet");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"postgresql://anna:secret@db/fleet", "postgresql://db/fleet?PASSWORD=secret"})
  void parse_refusesAPasswordWithoutRepeatingIt(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PostgresTarget.parse(url))
        .withMessageContaining("--export-password-file")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "db", "http://db/fleet", "postgresql://db", "postgresql:///fleet", "a b"})
  void parse_refusesWhatIsNoDatabase(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PostgresTarget.parse(url))
        .withMessageContaining("postgresql://[USER@]HOST");
  }
}
