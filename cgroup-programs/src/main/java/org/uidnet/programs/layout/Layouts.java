package org.uidnet.programs.layout;

import java.util.List;
import org.uidnet.programs.layout.StructLayout.Field;

/**
 * Constants and layouts of {@code layout.h}, generated from the compiled object.
 *
 * <p>Not to be edited: {@code LayoutsTest} says how to write it anew.
 */
public final class Layouts {
  // enum layout
  public static final int LAYOUT_VERSION = 1;

  // enum chain_bit
  public static final int CHAIN_METERED_ALLOW = 1;
  public static final int CHAIN_METERED_DENY_USER = 2;
  public static final int CHAIN_DOZABLE = 4;
  public static final int CHAIN_STANDBY = 8;
  public static final int CHAIN_POWERSAVE = 16;
  public static final int CHAIN_RESTRICTED = 32;
  public static final int CHAIN_LOW_POWER_STANDBY = 64;
  public static final int CHAIN_OEM_DENY_1 = 512;
  public static final int CHAIN_OEM_DENY_2 = 1024;
  public static final int CHAIN_OEM_DENY_3 = 2048;
  public static final int CHAIN_BACKGROUND = 4096;
  public static final int CHAIN_METERED_DENY_ADMIN = 8192;

  // enum counter_set
  public static final int SET_DEFAULT = 0;
  public static final int SET_FOREGROUND = 1;
  public static final int SET_OVERFLOW = 255;

  // enum uid_constants
  public static final int LOW_UIDS = 65536;
  public static final long UID_FOREIGN = 0xffffffffL;

  // enum slot_state
  public static final int SLOT_UNUSED = 0;
  public static final int SLOT_LIVE = 1;
  public static final int SLOT_RETIRED = 2;
  public static final int SLOT_FREE = 3;

  // enum namespace_flags
  public static final int NAMESPACE_HOST_USERS = 1;

  /** {@code struct socket_owner}. */
  public static final StructLayout SOCKET_OWNER =
      new StructLayout("socket_owner", 4, List.of(new Field("uid", 0, 4)));

  /** {@code struct control}. */
  public static final StructLayout CONTROL =
      new StructLayout(
          "control",
          192,
          List.of(
              new Field("layout_version", 0, 4),
              new Field("slots", 4, 4),
              new Field("cpus", 8, 4),
              new Field("uid_rows", 12, 4),
              new Field("epoch", 16, 16),
              new Field("host_netns", 32, 8),
              new Field("attached_at", 40, 8),
              new Field("enabled_chains", 48, 4),
              new Field("switches", 52, 4),
              new Field("object_hash", 56, 32),
              new Field("reserved", 88, 40),
              new Field("foreign", 128, 4),
              new Field("next_slot", 132, 4),
              new Field("next_row", 136, 4),
              new Field("reserved2", 140, 4),
              new Field("uid_overflows", 144, 8),
              new Field("slot_overflows", 152, 8),
              new Field("reserved3", 160, 32)));

  /** {@code struct uid_row}. */
  public static final StructLayout UID_ROW =
      new StructLayout(
          "uid_row",
          64,
          List.of(
              new Field("rules", 0, 4),
              new Field("set", 4, 4),
              new Field("permissions", 8, 4),
              new Field("allowed_ifindex", 12, 4),
              new Field("flags", 16, 4),
              new Field("quotas", 20, 8),
              new Field("uid", 28, 4),
              new Field("routes", 32, 16),
              new Field("live_slots", 48, 4),
              new Field("reserved", 52, 12)));

  /** {@code struct slot}. */
  public static final StructLayout SLOT =
      new StructLayout(
          "slot",
          64,
          List.of(
              new Field("rx.bytes", 0, 8),
              new Field("rx.packets", 8, 8),
              new Field("rx.extra_bytes", 16, 8),
              new Field("rx.extra_packets", 24, 8),
              new Field("tx.bytes", 32, 8),
              new Field("tx.packets", 40, 8),
              new Field("tx.extra_bytes", 48, 8),
              new Field("tx.extra_packets", 56, 8)));

  /** {@code struct slot_key}. */
  public static final StructLayout SLOT_KEY =
      new StructLayout(
          "slot_key",
          32,
          List.of(
              new Field("id.uid", 0, 4),
              new Field("id.tag", 4, 4),
              new Field("id.set", 8, 4),
              new Field("id.ifindex", 12, 4),
              new Field("id.netns", 16, 8),
              new Field("state", 24, 4),
              new Field("reserved", 28, 4)));

  /** {@code struct slot_id}. */
  public static final StructLayout SLOT_ID =
      new StructLayout(
          "slot_id",
          24,
          List.of(
              new Field("uid", 0, 4),
              new Field("tag", 4, 4),
              new Field("set", 8, 4),
              new Field("ifindex", 12, 4),
              new Field("netns", 16, 8)));

  private Layouts() {}
}
