package org.uidnet.programs;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.uidnet.programs.layout.Codec;
import org.uidnet.programs.layout.Control;
import org.uidnet.programs.layout.EventReader;
import org.uidnet.programs.layout.Layouts;
import org.uidnet.programs.layout.PortSet;
import org.uidnet.programs.layout.QuotaTable;
import org.uidnet.programs.layout.Ring;
import org.uidnet.programs.layout.SlotKeys;
import org.uidnet.programs.layout.SlotTable;
import org.uidnet.programs.layout.StructLayout;
import org.uidnet.programs.layout.TraceReader;
import org.uidnet.programs.layout.UidTable;
import org.uidnet.programs.object.Btf;

/**
 * A datapath over raw maps: what their bytes mean, wherever they are. Owns nothing. As thread-safe
 * as the access that it is given.
 */
public final class MapsDatapath implements Datapath, RuleMaps, AccountingMaps {
  private final Backend backend;
  private final MapAccess maps;
  private final Runnable barrier;
  private final StructLayout slotId;
  private final StructLayout uidRow;
  private final Control control;
  private final SlotTable slots;
  private final SlotKeys slotKeys;
  private final TypedMap<NetworkId, Integer> networks;
  private final TypedMap<InetAddress, Integer> ingressDiscard;
  private final TypedMap<Prefix, Boolean> localNetworks;
  private final TypedMap<DropId, Drop> drops;

  /**
   * Views are made when they are first asked for: retired maps of an older layout have no rules.
   */
  private @Nullable UidTable uids;

  private @Nullable PortSet blockedPorts;

  private @Nullable QuotaTable quotas;

  private @Nullable Ring events;

  private @Nullable Ring traces;

  /**
   * Views maps whose control is filled in ({@link Control#describe}).
   *
   * @param types the layouts that the maps were made with
   * @param barrier returns when all program runs under way have ended
   */
  public MapsDatapath(Backend backend, MapAccess maps, Btf types, Runnable barrier) {
    this.backend = backend;
    this.maps = maps;
    this.barrier = barrier;
    slotId = types.structLayout("slot_id");
    control = new Control(maps.memory("control"), types.structLayout("control"));
    uidRow = types.structLayout("uid_row");
    slots =
        new SlotTable(
            maps.memory("slots"), types.structLayout("slot"), control.slots(), control.cpus());
    slotKeys = new SlotKeys(maps.memory("slot_keys"), types.structLayout("slot_key"));
    networks = new MapView<>(maps, "networks", Codec.NETWORK, Codec.WORD);
    ingressDiscard = new MapView<>(maps, "ingress_discard", Codec.ADDRESS, Codec.INTERFACES);
    localNetworks = new MapView<>(maps, "local_networks", Codec.PREFIX, Codec.FLAG);
    drops = new MapView<>(maps, "drops", Codec.DROP_ID, Codec.DROP);
  }

  @Override
  public Backend backend() {
    return backend;
  }

  @Override
  public Control control() {
    return control;
  }

  @Override
  public synchronized UidTable uids() {
    if (uids == null) {
      uids = new UidTable(maps.memory("uids"), uidRow);
    }
    return uids;
  }

  @Override
  public SlotTable slots() {
    return slots;
  }

  @Override
  public SlotKeys slotKeys() {
    return slotKeys;
  }

  @Override
  public OptionalInt findSlot(SlotId id) {
    return number("find the slot of " + id, () -> maps.lookup("slot_index", key(id)));
  }

  @Override
  public boolean forgetSlot(SlotId id) {
    return call("forget the slot of " + id, () -> maps.delete("slot_index", key(id)));
  }

  @Override
  public void freeSlot(int slot) {
    run("free slot " + slot, () -> maps.push("free_slots", word(slot)));
  }

  @Override
  public OptionalInt takeFreeSlot() {
    return number("take a free slot", () -> maps.pop("free_slots"));
  }

  @Override
  public OptionalInt rowOf(long uid) {
    if (uid < Layouts.LOW_UIDS) {
      return OptionalInt.of((int) uid);
    }
    return number("find the row of UID " + uid, () -> maps.lookup("uid_rows", word((int) uid)));
  }

  @Override
  public OptionalInt makeRow(long uid) {
    OptionalInt known = rowOf(uid);
    return known.isPresent() ? known : takeRow().map(row -> claim(row, uid)).orElse(known);
  }

  private Optional<Integer> takeRow() {
    OptionalInt handedBack = number("take a free row", () -> maps.pop("free_rows"));
    return handedBack.isPresent() ? Optional.of(handedBack.getAsInt()) : control.takeHighRow();
  }

  /** A packet of the UID may have made a row meanwhile. */
  private OptionalInt claim(int row, long uid) {
    uids().setUid(row, uid);
    if (call(
        "give UID " + uid + " a row", () -> maps.insert("uid_rows", word((int) uid), word(row)))) {
      return OptionalInt.of(row);
    }
    run("hand a row back", () -> maps.push("free_rows", word(row)));
    return rowOf(uid);
  }

  @Override
  public TypedMap<NetworkId, Integer> networks() {
    return networks;
  }

  @Override
  public TypedMap<InetAddress, Integer> ingressDiscard() {
    return ingressDiscard;
  }

  @Override
  public TypedMap<Prefix, Boolean> localNetworks() {
    return localNetworks;
  }

  @Override
  public TypedMap<DropId, Drop> drops() {
    return drops;
  }

  @Override
  public synchronized PortSet blockedPorts() {
    if (blockedPorts == null) {
      blockedPorts = new PortSet(maps.memory("blocked_ports"));
    }
    return blockedPorts;
  }

  @Override
  public synchronized QuotaTable quotas() {
    if (quotas == null) {
      quotas = new QuotaTable(maps.memory("quotas"));
    }
    return quotas;
  }

  @Override
  public int pollEvents(Consumer<Event> to) {
    return ring().poll(record -> to.accept(EventReader.read(record)));
  }

  @Override
  public void awaitEvents(Duration most) {
    run("wait for events", () -> maps.awaitRing("events", (int) most.toMillis()));
  }

  private synchronized Ring ring() {
    if (events == null) {
      events = maps.ring("events");
    }
    return events;
  }

  @Override
  public Optional<SocketTag> socketTag(int descriptor) {
    return call(
            "read the tag of socket " + descriptor,
            () -> maps.lookup("socket_tags", word(descriptor)))
        .map(Codec.SOCKET_TAG::value);
  }

  @Override
  public void setSocketTag(int descriptor, SocketTag tag) {
    run(
        "give socket " + descriptor + " " + tag,
        () -> maps.put("socket_tags", word(descriptor), Codec.SOCKET_TAG.bytes(tag)));
  }

  @Override
  public boolean removeSocketTag(int descriptor) {
    return call(
        "take the tag off socket " + descriptor,
        () -> maps.delete("socket_tags", word(descriptor)));
  }

  @Override
  public Optional<Long> recordedOwner(int descriptor) {
    return call(
            "read the owner of socket " + descriptor,
            () -> maps.lookup("socket_owner", word(descriptor)))
        .map(bytes -> Integer.toUnsignedLong(Codec.WORD.value(bytes)));
  }

  @Override
  public int pollTraces(Consumer<Trace> to) {
    return traceRing().poll(record -> to.accept(TraceReader.read(record)));
  }

  @Override
  public void awaitTraces(Duration most) {
    run("wait for traces", () -> maps.awaitRing("traces", (int) most.toMillis()));
  }

  private synchronized Ring traceRing() {
    if (traces == null) {
      traces = maps.ring("traces");
    }
    return traces;
  }

  @Override
  public void awaitPrograms() {
    run("wait for running programs", barrier);
  }

  private byte[] key(SlotId id) {
    return ByteBuffer.allocate(slotId.size())
        .order(ByteOrder.nativeOrder())
        .putInt(slotId.offset("uid"), (int) id.uid())
        .putInt(slotId.offset("tag"), (int) id.tag())
        .putInt(slotId.offset("set"), id.set())
        .putInt(slotId.offset("ifindex"), id.ifindex())
        .putLong(slotId.offset("netns"), id.netns())
        .array();
  }

  private static byte[] word(int value) {
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder()).putInt(value).array();
  }

  private static OptionalInt number(String tried, Supplier<Optional<byte[]>> call) {
    return call(tried, call)
        .map(
            bytes -> OptionalInt.of(ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getInt()))
        .orElseGet(OptionalInt::empty);
  }

  private static void run(String tried, Runnable call) {
    call(
        tried,
        () -> {
          call.run();
          return true;
        });
  }

  private static <T> T call(String tried, Supplier<T> call) {
    try {
      return call.get();
    } catch (DatapathException e) {
      throw new DatapathException("cannot " + tried + ": " + e.getMessage(), e);
    }
  }
}
