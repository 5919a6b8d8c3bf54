package org.uidnet.api;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.uidnet.api.model.BlockedPorts;
import org.uidnet.api.model.Change;
import org.uidnet.api.model.IngressDiscard;
import org.uidnet.api.model.InterfaceDocument;
import org.uidnet.api.model.InterfaceFacts;
import org.uidnet.api.model.InterfaceList;
import org.uidnet.api.model.InterfaceRules;
import org.uidnet.api.model.LocalNetwork;
import org.uidnet.api.model.Permissions;
import org.uidnet.api.model.UidList;
import org.uidnet.firewall.Firewall;
import org.uidnet.firewall.Rule;
import org.uidnet.firewall.Setting;
import org.uidnet.firewall.Settings;
import org.uidnet.programs.Prefix;

/**
 * The firewall's documents beside chains. PUT replaces one as a whole, so that none of its fields
 * may be left out; paths that end in a UID change one line of it.
 */
final class SettingEndpoints {
  private static final Permissions NO_PERMISSION =
      new Permissions(Optional.empty(), Optional.empty(), Optional.empty());

  private final Firewall firewall;

  SettingEndpoints(Firewall firewall) {
    this.firewall = firewall;
  }

  private Settings settings() {
    return firewall.settings();
  }

  private Change replace(Setting document, Call call) {
    return Change.of(firewall.replace(document, FirewallParameters.terms(call)));
  }

  private <S extends Setting> Change update(Class<S> kind, UnaryOperator<S> change, Call call) {
    return Change.of(firewall.update(kind, change, FirewallParameters.terms(call)));
  }

  UidList lockdown(Call call) {
    return UidList.of(settings().lockdown().uids());
  }

  Change setLockdown(Call call) {
    return replace(new Setting.Lockdown(Fields.uids(call.body().read(UidList.class))), call);
  }

  Change lockUid(Call call) {
    return lockdown(call, true);
  }

  Change unlockUid(Call call) {
    return lockdown(call, false);
  }

  private Change lockdown(Call call, boolean listed) {
    long uid = uidWithoutFields(call);
    return update(
        Setting.Lockdown.class,
        before -> new Setting.Lockdown(set(before.uids(), uid, listed)),
        call);
  }

  InterfaceRules interfaceRules(Call call) {
    return new InterfaceRules(
        Optional.of(
            settings().interfaceRules().byUid().entrySet().stream()
                .map(
                    e ->
                        new InterfaceRules.Item(Optional.of(e.getKey()), Optional.of(e.getValue())))
                .toList()));
  }

  Change setInterfaceRules(Call call) {
    var items = Fields.required("rules", call.body().read(InterfaceRules.class).rules());
    SortedMap<Long, String> byUid = new TreeMap<>();
    for (InterfaceRules.Item item : items) {
      long uid = UidParameter.check("uid", Fields.required("uid", item.uid()));
      putOnce(byUid, uid, Fields.text("iface", item.iface()), "rules");
    }
    return replace(new Setting.InterfaceRules(byUid), call);
  }

  Change setInterfaceRule(Call call) {
    long uid = UidParameter.of(call);
    var item = call.body().read(InterfaceRules.Item.class);
    if (item.uid().isPresent()) {
      throw Refusal.badField("uid", "The UID is in the path; leave it out of the body.");
    }
    String iface = Fields.text("iface", item.iface());
    return updateInterfaceRules(call, rules -> rules.put(uid, iface));
  }

  Change removeInterfaceRule(Call call) {
    long uid = uidWithoutFields(call);
    return updateInterfaceRules(call, rules -> rules.remove(uid));
  }

  private Change updateInterfaceRules(Call call, Consumer<SortedMap<Long, String>> change) {
    return update(
        Setting.InterfaceRules.class,
        before -> {
          SortedMap<Long, String> rules = new TreeMap<>(before.byUid());
          change.accept(rules);
          return new Setting.InterfaceRules(rules);
        },
        call);
  }

  IngressDiscard ingressDiscard(Call call) {
    return new IngressDiscard(
        Optional.of(
            settings().ingressDiscard().interfaces().entrySet().stream()
                .map(
                    e ->
                        new IngressDiscard.Item(
                            Optional.of(Addresses.text(e.getKey())), Optional.of(e.getValue())))
                .toList()));
  }

  Change setIngressDiscard(Call call) {
    var items = Fields.required("addresses", call.body().read(IngressDiscard.class).addresses());
    Map<InetAddress, String> interfaces = new LinkedHashMap<>();
    for (IngressDiscard.Item item : items) {
      InetAddress address = Addresses.parse("address", Fields.text("address", item.address()));
      putOnce(interfaces, address, Fields.text("iface", item.iface()), "addresses");
    }
    return replace(new Setting.IngressDiscard(interfaces), call);
  }

  LocalNetwork localNetwork(Call call) {
    Setting.LocalNetwork document = settings().localNetwork();
    return new LocalNetwork(
        Optional.of(
            document.prefixes().entrySet().stream()
                .map(
                    e ->
                        new LocalNetwork.Item(
                            Optional.of(Addresses.text(e.getKey())), Optional.of(e.getValue())))
                .toList()),
        Optional.of(List.copyOf(document.deniedUids())));
  }

  Change setLocalNetwork(Call call) {
    var request = call.body().read(LocalNetwork.class);
    Map<Prefix, Rule> prefixes = new LinkedHashMap<>();
    for (LocalNetwork.Item item : Fields.required("prefixes", request.prefixes())) {
      Prefix prefix = Addresses.prefix("prefix", Fields.text("prefix", item.prefix()));
      putOnce(prefixes, prefix, Fields.required("rule", item.rule()), "prefixes");
    }
    SortedSet<Long> denied = Fields.uids("deniedUids", request.deniedUids());
    return replace(new Setting.LocalNetwork(prefixes, denied), call);
  }

  Change denyLocalNetwork(Call call) {
    return localNetwork(call, true);
  }

  Change allowLocalNetwork(Call call) {
    return localNetwork(call, false);
  }

  private Change localNetwork(Call call, boolean denied) {
    long uid = uidWithoutFields(call);
    return update(
        Setting.LocalNetwork.class,
        before ->
            new Setting.LocalNetwork(before.prefixes(), set(before.deniedUids(), uid, denied)),
        call);
  }

  BlockedPorts blockedPorts(Call call) {
    return new BlockedPorts(Optional.of(List.copyOf(settings().blockedPorts().ports())));
  }

  Change setBlockedPorts(Call call) {
    List<Integer> ports = Fields.required("ports", call.body().read(BlockedPorts.class).ports());
    Fields.requireDistinct("ports", ports);
    return replace(new Setting.BlockedPorts(new TreeSet<>(ports)), call);
  }

  InterfaceList interfaces(Call call) {
    return new InterfaceList(
        settings().interfaces().byName().entrySet().stream()
            .map(e -> document(e.getKey(), e.getValue()))
            .toList());
  }

  /** An interface of which nothing was said is plain; it need not be there. */
  InterfaceDocument iface(Call call) {
    String name = interfaceName(call);
    return document(name, settings().interfaces().of(name));
  }

  Change setInterface(Call call) {
    String name = interfaceName(call);
    Setting.Attributes attributes = attributes(call.body().read(InterfaceFacts.class));
    return update(Setting.Interfaces.class, before -> before.with(name, attributes), call);
  }

  Change setPermissions(Call call) {
    long uid = UidParameter.of(call);
    Permissions wanted = call.body().read(Permissions.class);
    if (wanted.equals(NO_PERMISSION)) {
      throw Refusal.badField(
          "internet", "Give 'internet', 'updateDeviceStats' or 'useRestrictedNetworks'.");
    }
    return update(Setting.Permissions.class, before -> permissions(before, uid, wanted), call);
  }

  /** What is not given stays as it is. */
  private static Setting.Permissions permissions(
      Setting.Permissions before, long uid, Permissions wanted) {
    boolean internet = wanted.internet().orElse(!before.noInternet().contains(uid));
    boolean stats = wanted.updateDeviceStats().orElse(before.updateDeviceStats().contains(uid));
    boolean restricted =
        wanted.useRestrictedNetworks().orElse(before.useRestrictedNetworks().contains(uid));
    return new Setting.Permissions(
        set(before.noInternet(), uid, !internet),
        set(before.updateDeviceStats(), uid, stats),
        set(before.useRestrictedNetworks(), uid, restricted));
  }

  private static InterfaceDocument document(String name, Setting.Attributes attributes) {
    return new InterfaceDocument(
        name,
        new InterfaceFacts(
            Optional.of(attributes.metered()),
            Optional.of(attributes.roaming()),
            Optional.of(attributes.vpn()),
            attributes.type(),
            attributes.network(),
            Optional.of(attributes.defaultNetwork())));
  }

  private static Setting.Attributes attributes(InterfaceFacts facts) {
    return new Setting.Attributes(
        facts.metered().orElse(false),
        facts.roaming().orElse(false),
        facts.vpn().orElse(false),
        facts.type().map(SettingEndpoints::type),
        facts.network(),
        facts.defaultNetwork().orElse(false));
  }

  /** One that questions can ask for. */
  private static String type(String label) {
    return NetworkParameters.type(label).label();
  }

  private static String interfaceName(Call call) {
    return Fields.text("iface", Optional.ofNullable(call.path().get("iface")));
  }

  private static long uidWithoutFields(Call call) {
    call.body().requireNoFields();
    return UidParameter.of(call);
  }

  private static SortedSet<Long> set(SortedSet<Long> uids, long uid, boolean listed) {
    SortedSet<Long> changed = new TreeSet<>(uids);
    if (listed) {
      changed.add(uid);
    } else {
      changed.remove(uid);
    }
    return changed;
  }

  private static <K, V> void putOnce(Map<K, V> map, K key, V value, String field) {
    if (map.put(key, value) != null) {
      throw Refusal.badField(field, text(key) + " is in '" + field + "' twice; give each once.");
    }
  }

  private static String text(Object key) {
    if (key instanceof Prefix prefix) {
      return Addresses.text(prefix);
    }
    return key instanceof InetAddress address ? Addresses.text(address) : key.toString();
  }
}
