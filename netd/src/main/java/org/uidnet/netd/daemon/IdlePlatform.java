package org.uidnet.netd.daemon;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.uidnet.netd.networks.KernelNetworks;
import org.uidnet.programs.Datapath;
import org.uidnet.programs.Networks;
import org.uidnet.programs.SlotId;
import org.uidnet.programs.UidNames;
import org.uidnet.programs.layout.Control;
import org.uidnet.programs.layout.Layouts;
import org.uidnet.programs.layout.SlotKeys;
import org.uidnet.programs.layout.SlotTable;
import org.uidnet.programs.layout.StructLayout;
import org.uidnet.programs.layout.UidTable;
import org.uidnet.stats.Host;

/**
 * Counts nothing and needs no privilege: what the daemon runs on while its classes are archived.
 */
final class IdlePlatform implements Platform, Datapath {
  private static final int SLOTS = 2;

  private final Networks networks = new KernelNetworks();
  private final Host host;
  private final Control control = new Control(memory(Layouts.CONTROL, 1), Layouts.CONTROL);
  private final UidTable uids = new UidTable(memory(Layouts.UID_ROW, 1), Layouts.UID_ROW);
  private final SlotTable slots =
      new SlotTable(memory(Layouts.SLOT, SLOTS), Layouts.SLOT, SLOTS, 1);
  private final SlotKeys keys = new SlotKeys(memory(Layouts.SLOT_KEY, SLOTS), Layouts.SLOT_KEY);

  IdlePlatform(Host host) {
    this.host = host;
    control.describe(SLOTS, 1, Layouts.LOW_UIDS, UUID.randomUUID(), 0);
    control.setAttachedAt(host.bootTime().toEpochMilli() * 1_000_000);
  }

  private static ByteBuffer memory(StructLayout layout, int count) {
    return ByteBuffer.allocateDirect(layout.size() * count).order(ByteOrder.nativeOrder());
  }

  @Override
  public Datapath datapath() {
    return this;
  }

  @Override
  public Networks networks() {
    return networks;
  }

  @Override
  public UidNames names() {
    return uid -> Optional.empty();
  }

  @Override
  public Host host() {
    return host;
  }

  @Override
  public Inventory inventory() {
    return new Inventory(List.of(), List.of(), List.of());
  }

  @Override
  public List<String> watch() {
    return List.of();
  }

  @Override
  public void stop(Runnable lastSnapshot) {}

  @Override
  public void close() {}

  @Override
  public Backend backend() {
    return Backend.SIMULATOR;
  }

  @Override
  public Control control() {
    return control;
  }

  @Override
  public UidTable uids() {
    return uids;
  }

  @Override
  public SlotTable slots() {
    return slots;
  }

  @Override
  public SlotKeys slotKeys() {
    return keys;
  }

  @Override
  public OptionalInt findSlot(SlotId id) {
    return OptionalInt.empty();
  }

  @Override
  public boolean forgetSlot(SlotId id) {
    return false;
  }

  @Override
  public void freeSlot(int slot) {}

  @Override
  public OptionalInt takeFreeSlot() {
    return OptionalInt.empty();
  }

  @Override
  public OptionalInt rowOf(long uid) {
    return OptionalInt.empty();
  }

  @Override
  public void awaitPrograms() {}
}
