package org.uidnet.firewall;

import static org.uidnet.programs.layout.Layouts.LOW_UIDS;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.uidnet.programs.Drop;
import org.uidnet.programs.DropId;
import org.uidnet.programs.Event;
import org.uidnet.programs.NetworkId;
import org.uidnet.programs.Prefix;
import org.uidnet.programs.RuleMaps;
import org.uidnet.programs.TypedMap;
import org.uidnet.programs.layout.Control;
import org.uidnet.programs.layout.Layouts;
import org.uidnet.programs.layout.PortSet;
import org.uidnet.programs.layout.QuotaTable;
import org.uidnet.programs.layout.UidTable;

/** Maps in memory, any call of which a test can observe or let fail. It outlives services. */
final class FakeRuleMaps implements RuleMaps {
  private final Control control = new Control(memory(Layouts.CONTROL.size()), Layouts.CONTROL);
  private final UidTable uids;
  private final PortSet ports = new PortSet(memory(8192));
  private final ByteBuffer quotaMemory = memory(Layouts.QUOTAS * Layouts.QUOTA.size());
  private final QuotaTable quotas = new QuotaTable(quotaMemory);
  private final Map<Long, Integer> rows = new HashMap<>();

  final FakeMap<NetworkId, Integer> networks = new FakeMap<>("network");
  final FakeMap<InetAddress, Integer> discard = new FakeMap<>("discard");
  final FakeMap<Prefix, Boolean> local = new FakeMap<>("local");
  final FakeMap<DropId, Drop> drops = new FakeMap<>("drops");

  /** Told of each call before it is made; throws to let it fail. */
  Consumer<String> onCall = call -> {};

  /** Told before each store to memory. */
  Runnable onStore = () -> {};

  FakeRuleMaps() {
    this(64);
  }

  FakeRuleMaps(int highRows) {
    uids = new UidTable(memory((LOW_UIDS + highRows) * Layouts.UID_ROW.size()), Layouts.UID_ROW);
    control.describe(16, 2, LOW_UIDS + highRows, new UUID(1, 2), Interfaces.HOST);
  }

  /** As the programs do. */
  void use(int quota, long bytes) {
    int used = quota * Layouts.QUOTA.size() + Layouts.QUOTA.offset("used");
    quotaMemory.putLong(used, quotaMemory.getLong(used) + bytes);
  }

  /** Other maps, after a boot. */
  void renew() {
    control.describe(control.slots(), 2, control.uidRows(), UUID.randomUUID(), Interfaces.HOST);
  }

  private static ByteBuffer memory(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  private void call(String what) {
    onCall.accept(what);
  }

  @Override
  public Control control() {
    onStore.run();
    return control;
  }

  @Override
  public UidTable uids() {
    onStore.run();
    return uids;
  }

  OptionalInt rowOf(long uid) {
    if (uid < LOW_UIDS) {
      return OptionalInt.of((int) uid);
    }
    return rows.containsKey(uid) ? OptionalInt.of(rows.get(uid)) : OptionalInt.empty();
  }

  @Override
  public OptionalInt makeRow(long uid) {
    call("row " + uid);
    if (rowOf(uid).isPresent()) {
      return rowOf(uid);
    }
    return control
        .takeHighRow()
        .map(
            row -> {
              uids.setUid(row, uid);
              rows.put(uid, row);
              return OptionalInt.of(row);
            })
        .orElseGet(OptionalInt::empty);
  }

  @Override
  public TypedMap<NetworkId, Integer> networks() {
    return networks;
  }

  @Override
  public TypedMap<InetAddress, Integer> ingressDiscard() {
    return discard;
  }

  @Override
  public TypedMap<Prefix, Boolean> localNetworks() {
    return local;
  }

  @Override
  public PortSet blockedPorts() {
    return ports;
  }

  @Override
  public QuotaTable quotas() {
    onStore.run();
    return quotas;
  }

  @Override
  public TypedMap<DropId, Drop> drops() {
    return drops;
  }

  @Override
  public int pollEvents(Consumer<Event> to) {
    return 0;
  }

  @Override
  public void awaitEvents(Duration most) {}

  /** All that a policy decides, to be compared: rows by UID, not by number. */
  Map<String, Object> contents() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("chains", control.enabledChains());
    all.put("custom", control.enabledCustom());
    all.put("allowlists", control.customAllowlists());
    all.put("switches", control.switches());
    for (int row = 0; row < LOW_UIDS + control.highRowsEverUsed(); row++) {
      Rows.Row words = words(row);
      if (!words.equals(Rows.Row.NONE)) {
        all.put("uid " + uids.uid(row), inOrder(words));
      }
    }
    all.put("networks", Map.copyOf(networks.entries));
    all.put("discard", Map.copyOf(discard.entries));
    all.put("local", Map.copyOf(local.entries));
    all.put("ports", ports.ports());
    all.put("quotas", namedQuotas());
    return all;
  }

  /** Limits and networks of the quotas that anything names; others decide nothing. */
  private Map<Integer, List<Long>> namedQuotas() {
    return IntStream.concat(
            IntStream.range(0, Layouts.QUOTAS_OF_ALL).map(control::quotaOfAll),
            IntStream.range(0, LOW_UIDS + control.highRowsEverUsed())
                .flatMap(row -> IntStream.of(uids.quota(row, 0), uids.quota(row, 1))))
        .filter(number -> number != 0)
        .distinct()
        .boxed()
        .collect(Collectors.toMap(number -> number, this::quota));
  }

  private List<Long> quota(int number) {
    return List.of(
        quotas.limit(number),
        quotas.netns(number),
        (long) quotas.ifindex(number),
        (long) quotas.flags(number));
  }

  /** Which of its places a quota has says nothing. */
  private static Rows.Row inOrder(Rows.Row row) {
    return new Rows.Row(
        row.rules(),
        row.custom(),
        row.flags(),
        row.allowedInterface(),
        Math.max(row.quota(), row.secondQuota()),
        Math.min(row.quota(), row.secondQuota()));
  }

  Rows.Row words(int row) {
    return new Rows.Row(
        uids.rules(row),
        uids.custom(row),
        uids.flags(row),
        uids.allowedInterface(row),
        uids.quota(row, 0),
        uids.quota(row, 1));
  }

  /** What programs see of a UID. */
  Rows.Row wordsOf(long uid) {
    OptionalInt row = rowOf(uid);
    return row.isPresent() ? words(row.getAsInt()) : Rows.Row.NONE;
  }

  final class FakeMap<K, V> implements TypedMap<K, V> {
    final Map<K, V> entries = new LinkedHashMap<>();
    private final String name;

    FakeMap(String name) {
      this.name = name;
    }

    @Override
    public Map<K, V> entries() {
      call("entries " + name);
      return Map.copyOf(entries);
    }

    @Override
    public void put(K key, V value) {
      call("put " + name + " " + key);
      entries.put(key, value);
    }

    @Override
    public boolean remove(K key) {
      call("remove " + name + " " + key);
      return entries.remove(key) != null;
    }
  }
}
