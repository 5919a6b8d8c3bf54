package org.uidnet.netd.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.programs.DatapathException;
import org.uidnet.programs.NetworkId;
import org.uidnet.programs.Prefix;
import org.uidnet.programs.RuleMaps;
import org.uidnet.programs.TypedMap;

/** The keyed maps of the kernel, through their typed views. */
@KernelTest
class KernelMapsTest {
  private Host host;
  private RuleMaps rules;

  @BeforeEach
  void open() {
    host = new Host();
    rules = host.attach().rules();
  }

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void entries_hash_areWhatWasPut() {
    assertThat(rules.networks().entries()).isEmpty();
    Map<NetworkId, Integer> wanted = fill(rules.networks(), KernelMapsTest::network, 4096);
    assertThat(rules.networks().entries()).isEqualTo(wanted);
    assertThatThrownBy(() -> rules.networks().put(network(5000), 1))
        .isInstanceOf(DatapathException.class)
        .hasMessageContaining("map networks")
        .hasMessageContaining("E2BIG");
    assertThat(rules.networks().remove(network(7))).isTrue();
    assertThat(rules.networks().remove(network(7))).isFalse();
    rules.networks().put(network(8), 99);
    wanted.remove(network(7));
    wanted.put(network(8), 99);
    assertThat(rules.networks().entries()).isEqualTo(wanted);
  }

  @Test
  void entries_trie_areWhatWasPut() {
    assertThat(rules.localNetworks().entries()).isEmpty();
    Map<Prefix, Boolean> wanted =
        IntStream.range(0, 1024)
            .boxed()
            .collect(Collectors.toMap(KernelMapsTest::prefix, i -> i % 3 == 0));
    wanted.forEach(rules.localNetworks()::put);
    assertThat(rules.localNetworks().entries()).isEqualTo(wanted);
  }

  /** Those that stay are always there. */
  @Test
  void entries_hash_othersComeAndGo_hasAllThatStay() throws Exception {
    whileOthersComeAndGo(
        rules.networks(),
        KernelMapsTest::network,
        1,
        (entries, stable) -> assertThat(entries).containsKeys(stable.toArray(NetworkId[]::new)));
  }

  /** The kernel may lose its way in a trie that changes; it must not go in circles. */
  @Test
  void entries_trie_othersComeAndGo_ends() throws Exception {
    whileOthersComeAndGo(
        rules.localNetworks(),
        KernelMapsTest::prefix,
        true,
        (entries, stable) -> assertThat(entries.size()).isLessThanOrEqualTo(2 * stable.size()));
  }

  private static <K, V> void whileOthersComeAndGo(
      TypedMap<K, V> map, IntFunction<K> key, V value, BiConsumer<Map<K, V>, List<K>> check)
      throws Exception {
    List<K> stable = IntStream.range(0, 200).mapToObj(i -> key.apply(2 * i)).toList();
    stable.forEach(known -> map.put(known, value));
    AtomicBoolean enough = new AtomicBoolean();
    FutureTask<Integer> churn = new FutureTask<>(() -> churn(map, key, value, enough));
    new Thread(churn, "churn").start();
    try {
      for (int round = 0; round < 300; round++) {
        check.accept(map.entries(), stable);
      }
    } finally {
      enough.set(true);
    }
    assertThat(churn.get()).as("changes meanwhile").isPositive();
    assertThat(map.entries()).containsOnlyKeys(stable);
  }

  private static <K, V> int churn(
      TypedMap<K, V> map, IntFunction<K> key, V value, AtomicBoolean enough) {
    int changes = 0;
    for (; !enough.get(); changes++) {
      K next = key.apply(2 * (changes % 200) + 1);
      map.put(next, value);
      map.remove(next);
    }
    return changes;
  }

  /** A packet may have made it before; then there is one row all the same. */
  @Test
  void makeRow_untilNoneIsLeft_givesEachUidItsOwn() {
    int rows = Host.LIMITS.highUids();
    for (int i = 0; i < rows; i++) {
      OptionalInt row = rules.makeRow(100_000L + i);
      assertThat(row).isPresent();
      assertThat(rules.makeRow(100_000L + i)).isEqualTo(row);
      assertThat(rules.uids().uid(row.getAsInt())).isEqualTo(100_000L + i);
    }
    assertThat(rules.makeRow(200_000)).isEmpty();
    assertThat(rules.makeRow(10_123)).hasValue(10_123);
  }

  private static <K> Map<K, Integer> fill(TypedMap<K, Integer> map, IntFunction<K> key, int count) {
    Map<K, Integer> wanted =
        IntStream.range(0, count).boxed().collect(Collectors.toMap(key::apply, i -> i));
    wanted.forEach(map::put);
    return wanted;
  }

  private static NetworkId network(int number) {
    return new NetworkId(1L << 40 | number, number);
  }

  private static Prefix prefix(int number) {
    try {
      byte[] address = {10, (byte) (number >> 8), (byte) number, 0};
      return new Prefix(InetAddress.getByAddress(address), 24);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
