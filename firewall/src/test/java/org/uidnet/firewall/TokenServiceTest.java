package org.uidnet.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.uidnet.firewall.World.ROOT;
import static org.uidnet.firewall.World.START;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenServiceTest {
  private static final String HASH = "0a".repeat(32);
  private static final Author BY = ROOT.by();

  @TempDir Path directory;
  private World world;

  @BeforeEach
  void makeWorld() {
    world = new World(directory);
  }

  private static AccessToken add(FirewallService firewall, String name) {
    return firewall.addToken(name, HASH, Optional.empty(), BY);
  }

  private static FirewallException refused(ThrowingCallable call) {
    return catchThrowableOfType(FirewallException.class, call);
  }

  @Test
  void tokens_outliveTheDaemon() {
    FirewallService firewall = world.open();
    AccessToken grafana = add(firewall, "grafana");
    Optional<Instant> end = Optional.of(START.plusSeconds(60));
    AccessToken script = firewall.addToken("script", HASH, end, BY);
    world.kill();

    try (FirewallService again = world.open()) {
      assertThat(again.tokens()).containsExactly(grafana, script);
      assertThat(grafana.created()).isEqualTo(START);
      assertThat(script.expires()).isEqualTo(end);
    }
  }

  @Test
  void expired_itIsNoTokenAnyMore_andTheNextRoundForgetsIt() {
    try (FirewallService firewall = world.open()) {
      firewall.addToken("short", HASH, Optional.of(START.plusSeconds(60)), BY);
      world.pass(Duration.ofSeconds(59));
      assertThat(firewall.tokens()).hasSize(1);

      world.pass(Duration.ofSeconds(1));
      assertThat(firewall.tokens()).isEmpty();

      firewall.round();
      assertThat(firewall.audit(1))
          .containsExactly(
              new AuditEntry(
                  world.wall,
                  Author.SELF,
                  "token 1",
                  "read-only, for short, until 2026-03-01T12:01:00Z",
                  ""));
    }
  }

  @Test
  void revoked_itIsGone_andRevokedAgainNothingChanges() {
    try (FirewallService firewall = world.open()) {
      AccessToken token = add(firewall, "grafana");

      assertThat(firewall.revokeToken(token.id(), ROOT).changed()).isTrue();
      assertThat(firewall.tokens()).isEmpty();
      assertThat(firewall.revokeToken(token.id(), ROOT).changed()).isFalse();
      assertThat(refused(() -> firewall.revokeToken(token.id(), ROOT.strictly())).errno())
          .isEqualTo("ENOENT");
    }
  }

  @Test
  void ids_areNeverUsedTwice() {
    try (FirewallService firewall = world.open()) {
      AccessToken first = add(firewall, "a");
      firewall.revokeToken(first.id(), ROOT);

      assertThat(add(firewall, "a").id()).isGreaterThan(first.id());
    }
  }

  @Test
  void changes_areAuditedUnderTheTokensNumber_withoutItsHash() {
    try (FirewallService firewall = world.open()) {
      AccessToken token = add(firewall, "grafana");
      firewall.revokeToken(token.id(), ROOT);

      String what = "token " + token.id();
      String text = "read-only, for grafana";
      assertThat(firewall.audit(10))
          .containsExactly(
              new AuditEntry(START, BY, what, text, ""), new AuditEntry(START, BY, what, "", text));
    }
  }

  @Test
  void listeners_areTold() {
    List<AuditEntry> told = new ArrayList<>();
    try (FirewallService firewall = world.open()) {
      firewall.addListener(
          new FirewallListener() {
            @Override
            public void changed(AuditEntry entry) {
              told.add(entry);
            }
          });
      add(firewall, "grafana");
      firewall.note("session", "made", BY);

      assertThat(told).extracting(AuditEntry::what).containsExactly("token 1", "session");
      assertThat(firewall.audit(1).get(0).after()).isEqualTo("made");
    }
  }

  @Test
  void moreThanAHundred_areRefused() {
    try (FirewallService firewall = world.open()) {
      for (int i = 0; i < 100; i++) {
        add(firewall, "token");
      }

      assertThat(refused(() -> add(firewall, "one more")).errno()).isEqualTo("ENOSPC");
      assertThat(firewall.tokens()).hasSize(100);
    }
  }

  @Test
  void nameAndHash_areChecked() {
    try (FirewallService firewall = world.open()) {
      assertThat(refused(() -> add(firewall, "")).errno()).isEqualTo("EINVAL");
      assertThat(refused(() -> add(firewall, "x".repeat(129))).errno()).isEqualTo("EINVAL");
      assertThat(refused(() -> firewall.addToken("a", "secret", Optional.empty(), BY)).errno())
          .isEqualTo("EINVAL");
      assertThat(firewall.audit(1)).isEmpty();
    }
  }

  @Test
  void fileOfAnOlderVersion_hasNoTokensYet() throws SQLException {
    world.storeOlder(4);

    try (FirewallService firewall = world.open()) {
      assertThat(firewall.tokens()).isEmpty();
      add(firewall, "grafana");
      assertThat(firewall.tokens()).hasSize(1);
    }
  }
}
