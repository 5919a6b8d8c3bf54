package org.uidnet.netd.kernel;

import java.nio.ByteBuffer;
import org.uidnet.netd.sys.MappedMemory;
import org.uidnet.programs.layout.Control;
import org.uidnet.programs.layout.SlotKeys;
import org.uidnet.programs.layout.SlotTable;
import org.uidnet.programs.layout.UidTable;
import org.uidnet.programs.object.Btf;

/**
 * The shared maps of one generation as typed views. Whoever keeps a view beyond {@link #close} gets
 * an {@link InternalError} from it. Thread-safe.
 */
final class Views implements AutoCloseable {
  private final Resources memory;
  private final Control control;
  private final UidTable uids;
  private final SlotTable slots;
  private final SlotKeys slotKeys;

  private Views(Resources memory, Generation generation, Btf types, boolean writable) {
    this.memory = memory;
    control = new Control(map(generation, "control", writable), types.structLayout("control"));
    uids = new UidTable(map(generation, "uids", writable), types.structLayout("uid_row"));
    slots =
        new SlotTable(
            map(generation, "slots", writable),
            types.structLayout("slot"),
            control.slots(),
            control.cpus());
    slotKeys = new SlotKeys(map(generation, "slot_keys", writable), types.structLayout("slot_key"));
  }

  /** Views of maps whose control is filled in. */
  static Views of(Generation generation, Btf types) {
    return of(generation, types, true);
  }

  static Views readOnly(Generation generation, Btf types) {
    return of(generation, types, false);
  }

  private static Views of(Generation generation, Btf types, boolean writable) {
    Resources memory = new Resources();
    try {
      return new Views(memory, generation, types, writable);
    } catch (RuntimeException e) {
      memory.closeAfter(e);
      throw e;
    }
  }

  /** Fills in the control of maps that have just been made. */
  static void describe(Generation generation, Blueprint blueprint, long hostNamespace) {
    Limits limits = blueprint.limits();
    try (MappedMemory memory = mapped(generation, "control", true)) {
      new Control(memory.view(), blueprint.object().types().structLayout("control"))
          .describe(
              limits.slots(), limits.cpus(), limits.uidRows(), generation.epoch(), hostNamespace);
    }
  }

  private ByteBuffer map(Generation generation, String name, boolean writable) {
    MappedMemory mapped = mapped(generation, name, writable);
    memory.onClose(mapped::close);
    return mapped.view();
  }

  private static MappedMemory mapped(Generation generation, String name, boolean writable) {
    long bytes = MapShape.of(generation.info(name)).bytes();
    return writable
        ? MappedMemory.ofMap(generation.map(name), bytes)
        : MappedMemory.ofMapReadOnly(generation.map(name), bytes);
  }

  Control control() {
    return control;
  }

  UidTable uids() {
    return uids;
  }

  SlotTable slots() {
    return slots;
  }

  SlotKeys slotKeys() {
    return slotKeys;
  }

  @Override
  public void close() {
    memory.close();
  }
}
