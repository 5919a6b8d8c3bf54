package org.uidnet.netd.differential;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.SplittableRandom;
import org.uidnet.programs.layout.Layouts;
import org.uidnet.programs.layout.StructLayout;
import org.uidnet.programs.object.Limits;

/**
 * Fills fresh maps with a policy: of each kind of rule some, and few enough that much still passes.
 */
final class PolicyMaker {
  private static final StructLayout CONTROL = Layouts.CONTROL;
  private static final StructLayout ROW = Layouts.UID_ROW;

  /** Bits of chains on which it is good to be. */
  private static final int ALLOWLISTS =
      Layouts.CHAIN_METERED_ALLOW
          | Layouts.CHAIN_DOZABLE
          | Layouts.CHAIN_POWERSAVE
          | Layouts.CHAIN_RESTRICTED
          | Layouts.CHAIN_LOW_POWER_STANDBY
          | Layouts.CHAIN_BACKGROUND;

  private static final int METERED_LISTS =
      Layouts.CHAIN_METERED_ALLOW
          | Layouts.CHAIN_METERED_DENY_USER
          | Layouts.CHAIN_METERED_DENY_ADMIN;

  private static final int LOOPBACK = 1;
  private static final int ELSEWHERE = 99; // no interface
  private static final int[] INTERFACES = {LOOPBACK, Links.index(1), Links.index(2)};
  private static final int[] ALLOWED = {0, LOOPBACK, Links.index(1), Links.index(2), ELSEWHERE};

  /** All that scripts use, with where an address is cut to a network. */
  private static final List<Address> ADDRESSES =
      List.of(
          new Address(Links.address(false, 1), 120),
          new Address(Links.address(false, 2), 128),
          new Address(Links.address(true, 1), 64),
          new Address(Links.address(true, 2), 128),
          new Address("127.0.0.1", 104),
          new Address("::1", 128));

  private final SplittableRandom random;
  private final Limits limits;
  private final List<Long> namespaces;

  /**
   * @param namespaces the first is the daemon's own
   */
  PolicyMaker(SplittableRandom random, Limits limits, List<Long> namespaces) {
    this.random = random;
    this.limits = limits;
    this.namespaces = namespaces;
  }

  void fill(Side side) {
    ByteBuffer control = side.memory("control");
    int allowlists = random.nextInt();
    control.put(0, new byte[control.capacity()]);
    control.putLong(CONTROL.offset("host_netns"), namespaces.get(0));
    control.putInt(CONTROL.offset("enabled_chains"), chains());
    control.putInt(CONTROL.offset("enabled_custom"), random.nextBoolean() ? 0 : someBits());
    control.putInt(CONTROL.offset("custom_allowlists"), allowlists);
    control.putInt(CONTROL.offset("switches"), random.nextInt(4) | random.nextInt(4));
    control.putInt(CONTROL.offset("foreign"), random.nextInt(2));
    control.putInt(CONTROL.offset("trace_every"), random.nextInt(4));
    control.putInt(CONTROL.offset("trace_uid"), random.nextBoolean() ? -1 : traced());
    for (long namespace : namespaces.subList(1, namespaces.size())) {
      if (random.nextInt(3) == 0) { // also of other users': then the helper's answer is believed
        side.put("namespaces", bytes(namespace), word(Layouts.NAMESPACE_HOST_USERS));
      }
    }
    rows(side, control, allowlists);
    networks(side);
    addresses(side);
    ports(side.memory("blocked_ports"));
  }

  private int traced() {
    return (int) ScriptMaker.UIDS[random.nextInt(ScriptMaker.UIDS.length)];
  }

  private int chains() {
    return switch (random.nextInt(3)) {
      case 0 -> 0;
      case 1 -> someBits();
      default -> random.nextInt() & METERED_LISTS;
    };
  }

  /** High UIDs may have been there before; the others get a row when they are first seen. */
  private void rows(Side side, ByteBuffer control, int allowlists) {
    ByteBuffer uids = side.memory("uids");
    int high = 0;
    for (long uid : ScriptMaker.UIDS) {
      if (uid < Layouts.LOW_UIDS) {
        row(uids, (int) uid * ROW.size(), allowlists);
      } else if (high < limits.highUids() && random.nextBoolean()) {
        int number = Layouts.LOW_UIDS + high++;
        row(uids, number * ROW.size(), allowlists);
        uids.putInt(number * ROW.size() + ROW.offset("uid"), (int) uid);
        side.put("uid_rows", word((int) uid), word(number));
      }
    }
    control.putInt(CONTROL.offset("next_row"), high);
  }

  /** On lists as if nothing were to block it, but for some bits. */
  private void row(ByteBuffer memory, int at, int allowlists) {
    memory.putInt(at + ROW.offset("rules"), ALLOWLISTS ^ exceptions());
    memory.putInt(at + ROW.offset("custom"), allowlists ^ exceptions());
    memory.putInt(at + ROW.offset("set"), random.nextInt(2));
    memory.putInt(at + ROW.offset("flags"), flags());
    memory.putInt(at + ROW.offset("allowed_ifindex"), pick(ALLOWED));
    memory.putInt(at + ROW.offset("accounting"), accounting());
    memory.putInt(at + ROW.offset("generation"), random.nextInt(ScriptMaker.GENERATIONS));
  }

  private int exceptions() {
    return random.nextInt(3) > 0 ? 0 : random.nextInt() & random.nextInt();
  }

  private int flags() {
    int all = Layouts.UID_INTERFACE_RULE | Layouts.UID_LOCKDOWN | Layouts.UID_NO_LOCAL_NETWORK;
    int internet = random.nextInt(16) == 0 ? Layouts.UID_NO_INTERNET : 0;
    return (random.nextInt(3) > 0 ? 0 : random.nextInt() & all) | internet;
  }

  /** Tagged sockets in most; translation, which is not counted, in few. */
  private int accounting() {
    int tags = random.nextInt(4) > 0 ? Layouts.ACCOUNTS_TAGS : 0;
    int dns = random.nextBoolean() ? Layouts.ACCOUNTS_DNS : 0;
    return tags | dns | (random.nextInt(8) == 0 ? Layouts.ACCOUNTS_TRANSLATION : 0);
  }

  private void networks(Side side) {
    for (long namespace : namespaces) {
      for (int ifindex : INTERFACES) {
        if (random.nextBoolean()) {
          byte[] id = buffer(Layouts.NETWORK_ID.size()).putLong(namespace).putInt(ifindex).array();
          side.put("networks", id, word(random.nextInt(8)));
        }
      }
    }
  }

  private void addresses(Side side) {
    for (Address address : ADDRESSES) {
      if (random.nextBoolean()) {
        byte[] allowed = buffer(Long.BYTES).putInt(pick(ALLOWED)).putInt(pick(ALLOWED)).array();
        side.put("ingress_discard", address.bytes(), allowed);
      }
      if (random.nextBoolean()) {
        byte[] prefix =
            buffer(Layouts.PREFIX.size()).putInt(address.prefix()).put(address.bytes()).array();
        side.put("local_networks", prefix, word(random.nextInt(4) == 0 ? 0 : 1));
      }
    }
  }

  private void ports(ByteBuffer words) {
    int first = ScriptMaker.FIRST_PORT / Long.SIZE;
    for (int word = first; word < first + 4; word++) {
      words.putLong(word * Long.BYTES, random.nextLong() & random.nextLong() & random.nextLong());
    }
  }

  /** About one in eight. */
  private int someBits() {
    return random.nextInt() & random.nextInt() & random.nextInt();
  }

  private int pick(int... from) {
    return from[random.nextInt(from.length)];
  }

  private static byte[] word(int value) {
    return buffer(Integer.BYTES).putInt(value).array();
  }

  private static byte[] bytes(long value) {
    return buffer(Long.BYTES).putLong(value).array();
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
  }

  /**
   * An address and a network that it is in.
   *
   * @param prefix bits of the network, of 128
   */
  private record Address(String text, int prefix) {
    /** As programs have it: IPv4 mapped into IPv6. */
    byte[] bytes() {
      try {
        byte[] plain = InetAddress.getByName(text).getAddress();
        return plain.length == 16 ? plain : Operation.mapped(plain);
      } catch (UnknownHostException e) {
        throw new AssertionError(e);
      }
    }
  }
}
