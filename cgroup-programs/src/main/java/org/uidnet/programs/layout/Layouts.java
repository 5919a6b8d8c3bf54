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
  public static final int LAYOUT_VERSION = 3;

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

  // enum switches
  public static final int SWITCH_INGRESS_DISCARD = 1;
  public static final int SWITCH_BLOCKED_PORTS = 2;
  public static final int SWITCH_QUOTAS = 4;

  // enum counter_set
  public static final int SET_DEFAULT = 0;
  public static final int SET_FOREGROUND = 1;
  public static final int SET_OVERFLOW = 255;

  // enum uid_flags
  public static final int UID_INTERFACE_RULE = 1;
  public static final int UID_LOCKDOWN = 2;
  public static final int UID_NO_LOCAL_NETWORK = 4;
  public static final int UID_NO_INTERNET = 8;
  public static final int UID_QUOTAS = 16;

  // enum uid_constants
  public static final int LOW_UIDS = 65536;
  public static final long UID_FOREIGN = 0xffffffffL;
  public static final int QUOTAS = 4096;
  public static final int QUOTAS_PER_UID = 2;
  public static final int QUOTAS_OF_ALL = 6;

  // enum accounting
  public static final int ACCOUNTS_TAGS = 1;
  public static final int ACCOUNTS_TRANSLATION = 2;
  public static final int ACCOUNTS_DNS = 4;

  // enum slot_state
  public static final int SLOT_UNUSED = 0;
  public static final int SLOT_LIVE = 1;
  public static final int SLOT_RETIRED = 2;
  public static final int SLOT_FREE = 3;

  // enum namespace_flags
  public static final int NAMESPACE_HOST_USERS = 1;

  // enum network_flags
  public static final int NETWORK_METERED = 1;
  public static final int NETWORK_ROAMING = 2;
  public static final int NETWORK_VPN = 4;
  public static final int NETWORK_TUNNEL = 8;

  // enum reason
  public static final int REASON_INTERFACE_RULE = 7;
  public static final int REASON_LOCKDOWN_VPN = 8;
  public static final int REASON_INGRESS_DISCARD = 16;
  public static final int REASON_LOCAL_NETWORK = 17;
  public static final int REASON_NO_INTERNET_PERMISSION = 18;
  public static final int REASON_BLOCKED_PORT = 19;
  public static final int REASON_QUOTA_EXCEEDED = 20;
  public static final int REASON_CUSTOM = 32;
  public static final int REASON_NONE = 255;

  // enum direction
  public static final int INGRESS = 0;
  public static final int EGRESS = 1;
  public static final int CREATE = 2;
  public static final int CONNECT = 3;
  public static final int BIND = 4;

  // enum tags
  public static final int TAG_NONE = 0;
  public static final long TAG_SYSTEM_DNS = 0xffffff82L;

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
              new Field("enabled_custom", 88, 4),
              new Field("custom_allowlists", 92, 4),
              new Field("trace_every", 96, 4),
              new Field("trace_uid", 100, 4),
              new Field("quotas_of_all", 104, 24),
              new Field("foreign", 128, 4),
              new Field("next_slot", 132, 4),
              new Field("next_row", 136, 4),
              new Field("reserved2", 140, 4),
              new Field("uid_overflows", 144, 8),
              new Field("slot_overflows", 152, 8),
              new Field("uncounted_drops", 160, 8),
              new Field("lost_events", 168, 8),
              new Field("trace_seen", 176, 8),
              new Field("lost_traces", 184, 8)));

  /** {@code struct uid_row}. */
  public static final StructLayout UID_ROW =
      new StructLayout(
          "uid_row",
          64,
          List.of(
              new Field("rules", 0, 4),
              new Field("custom", 4, 4),
              new Field("set", 8, 4),
              new Field("flags", 12, 4),
              new Field("allowed_ifindex", 16, 4),
              new Field("quotas", 20, 8),
              new Field("uid", 28, 4),
              new Field("routes", 32, 16),
              new Field("live_slots", 48, 4),
              new Field("accounting", 52, 4),
              new Field("generation", 56, 4),
              new Field("reserved", 60, 4)));

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

  /** {@code struct network_id}. */
  public static final StructLayout NETWORK_ID =
      new StructLayout(
          "network_id",
          16,
          List.of(
              new Field("netns", 0, 8), new Field("ifindex", 8, 4), new Field("reserved", 12, 4)));

  /** {@code struct quota}. */
  public static final StructLayout QUOTA =
      new StructLayout(
          "quota",
          32,
          List.of(
              new Field("used", 0, 8),
              new Field("limit", 8, 8),
              new Field("netns", 16, 8),
              new Field("ifindex", 24, 4),
              new Field("flags", 28, 4)));

  /** {@code struct drop_id}. */
  public static final StructLayout DROP_ID =
      new StructLayout(
          "drop_id",
          8,
          List.of(new Field("uid", 0, 4), new Field("reason", 4, 2), new Field("direction", 6, 2)));

  /** {@code struct drop}. */
  public static final StructLayout DROP =
      new StructLayout(
          "drop",
          24,
          List.of(new Field("packets", 0, 8), new Field("bytes", 8, 8), new Field("told", 16, 8)));

  /** {@code struct address}. */
  public static final StructLayout ADDRESS =
      new StructLayout("address", 16, List.of(new Field("words", 0, 16)));

  /** {@code struct interfaces}. */
  public static final StructLayout INTERFACES =
      new StructLayout("interfaces", 8, List.of(new Field("ifindex", 0, 8)));

  /** {@code struct prefix}. */
  public static final StructLayout PREFIX =
      new StructLayout(
          "prefix", 20, List.of(new Field("length", 0, 4), new Field("address.words", 4, 16)));

  /** {@code struct socket_owner}. */
  public static final StructLayout SOCKET_OWNER =
      new StructLayout("socket_owner", 4, List.of(new Field("uid", 0, 4)));

  /** {@code struct socket_tag}. */
  public static final StructLayout SOCKET_TAG =
      new StructLayout(
          "socket_tag",
          16,
          List.of(
              new Field("tag", 0, 4),
              new Field("uid", 4, 4),
              new Field("generation", 8, 4),
              new Field("reserved", 12, 4)));

  /** {@code struct event}. */
  public static final StructLayout EVENT =
      new StructLayout(
          "event",
          88,
          List.of(
              new Field("time", 0, 8),
              new Field("netns", 8, 8),
              new Field("cookie", 16, 8),
              new Field("uid", 24, 4),
              new Field("reason", 28, 2),
              new Field("direction", 30, 2),
              new Field("ifindex", 32, 4),
              new Field("length", 36, 4),
              new Field("network", 40, 40),
              new Field("ports", 80, 4),
              new Field("protocol", 84, 2),
              new Field("reserved", 86, 2)));

  /** {@code struct trace}. */
  public static final StructLayout TRACE =
      new StructLayout(
          "trace",
          56,
          List.of(
              new Field("time", 0, 8),
              new Field("netns", 8, 8),
              new Field("cookie", 16, 8),
              new Field("ifindex", 24, 4),
              new Field("length", 28, 4),
              new Field("uid", 32, 4),
              new Field("owner", 36, 4),
              new Field("tag", 40, 4),
              new Field("source_port", 44, 2),
              new Field("target_port", 46, 2),
              new Field("reason", 48, 2),
              new Field("direction", 50, 1),
              new Field("version", 51, 1),
              new Field("protocol", 52, 1),
              new Field("tcp_flags", 53, 1),
              new Field("wakeup", 54, 1),
              new Field("reserved", 55, 1)));

  private Layouts() {}
}
