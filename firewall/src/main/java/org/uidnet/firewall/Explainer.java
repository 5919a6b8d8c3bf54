package org.uidnet.firewall;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.uidnet.programs.Prefix;

/**
 * Answers questions about a policy as it was compiled. Pure.
 *
 * @param policy with what follows from how the host is
 * @param derived what that is
 * @param quotas as they stand now
 */
record Explainer(
    Policy policy,
    Derived derived,
    Desired desired,
    List<QuotaInfo> quotas,
    Exemptions exemptions,
    Links links,
    Moment now) {

  private static final int LOOPBACK = 1;
  private static final int IPV6 = 16;

  Verdict verdict(long uid, Question question) {
    Policy.checkUid(uid);
    Explainer supposed = supposing(question);
    Judge.Facts facts = supposed.facts(question);
    if (question.owner().isEmpty() || question.owner().getAsLong() == uid) {
      return supposed.verdict(uid, question, facts);
    }
    return supposed.verdict(uid, question.owner().getAsLong(), question, facts);
  }

  /** One connects the socket that another made: both are judged. */
  private Verdict verdict(long caller, long owner, Question question, Judge.Facts facts) {
    Policy.checkUid(owner);
    Verdict ofOwner = verdict(owner, question, facts);
    if (ofOwner.refusedBy().equals(Optional.of(Verdict.RefusedBy.CREATE)) || facts.inbound()) {
      return ofOwner;
    }
    Verdict ofCaller = verdict(caller, question, facts);
    if (ofCaller.refusedBy().equals(Optional.of(Verdict.RefusedBy.CONNECT))) {
      return ofCaller;
    }
    return new Verdict(
        ofOwner.blocked(),
        ofOwner.reasons(),
        ofOwner.refusedBy().map(hook -> Verdict.RefusedBy.PACKET),
        ofOwner.chain());
  }

  private Verdict verdict(long uid, Question question, Judge.Facts facts) {
    List<Judge.Finding> findings =
        Judge.judge(masks(facts.metered()), desired.rows().row(uid), facts).stream()
            .filter(this::exists)
            .toList();
    List<Verdict.Step> ofQuotas = quotaSteps(uid, question, facts);
    List<Verdict.Step> steps =
        Stream.concat(findings.stream().map(finding -> step(uid, finding)), ofQuotas.stream())
            .toList();
    List<Verdict.Step> blocking = steps.stream().filter(Explainer::blocks).toList();
    return new Verdict(
        !blocking.isEmpty(),
        blocking.stream().map(Verdict.Step::reason).distinct().toList(),
        Stream.concat(
                findings.stream()
                    .filter(Judge.Finding::blocks)
                    .map(finding -> refusedBy(finding, facts)),
                ofQuotas.stream().filter(Explainer::blocks).map(step -> Verdict.RefusedBy.PACKET))
            .min(Comparator.naturalOrder()),
        steps);
  }

  private static boolean blocks(Verdict.Step step) {
    return step.effect() == Verdict.Effect.BLOCKS;
  }

  /** They are asked last: what something else drops uses nothing. */
  private List<Verdict.Step> quotaSteps(long uid, Question question, Judge.Facts facts) {
    return quotas.stream()
        .filter(quota -> quota.quota().template().concerns(uid))
        .map(quota -> quotaStep(uid, quota, question, facts))
        .toList();
  }

  private Verdict.Step quotaStep(long uid, QuotaInfo quota, Question question, Judge.Facts facts) {
    Quota.Template template = quota.quota().template();
    boolean exempt = template.isForAll() ? uid == 0 : exemptions.fromEverything(uid);
    Verdict.Effect effect = effect(quota, !exempt && isOn(template, question, facts));
    return new Verdict.Step(
        "quota " + quota.id(),
        Optional.empty(),
        quota.quota().enabled(),
        true,
        exempt,
        effect,
        Reason.QUOTA_EXCEEDED,
        effect == Verdict.Effect.BLOCKS
            ? Optional.of("uidnet quota snooze " + quota.id())
            : Optional.empty(),
        Optional.of(detail(quota)));
  }

  private static boolean isOn(Quota.Template template, Question question, Judge.Facts facts) {
    return !facts.loopback()
        && (template.iface().isEmpty() || template.iface().equals(question.iface()))
        && (!template.metered() || facts.metered());
  }

  private static Verdict.Effect effect(QuotaInfo quota, boolean asked) {
    if (!asked) {
      return Verdict.Effect.NOT_ASKED;
    }
    return quota.state() == QuotaInfo.State.EXCEEDED
        ? Verdict.Effect.BLOCKS
        : Verdict.Effect.PASSES;
  }

  private static String detail(QuotaInfo quota) {
    OptionalLong limit = quota.quota().limitBytes();
    return "used %d of %s bytes; counts anew at %s"
        .formatted(
            quota.used(),
            limit.isPresent() ? Long.toString(limit.getAsLong()) : "any number of",
            quota.cycle().end());
  }

  private Judge.Masks masks(boolean metered) {
    return new Judge.Masks(
        Compiler.enabledChains(policy, metered),
        Compiler.enabledCustom(policy),
        desired.customAllowlists());
  }

  private boolean exists(Judge.Finding finding) {
    return finding.rule() != Judge.Rule.CUSTOM
        || policy.custom().stream().anyMatch(chain -> chain.bit() == finding.bit());
  }

  private static Verdict.RefusedBy refusedBy(Judge.Finding finding, Judge.Facts facts) {
    return switch (finding.rule()) {
      case INTERNET_PERMISSION -> Verdict.RefusedBy.CREATE;
      case CHAIN, CUSTOM, LOCAL_NETWORK ->
          facts.inbound() ? Verdict.RefusedBy.PACKET : Verdict.RefusedBy.CONNECT;
      case METERED, INTERFACE_RULE, LOCKDOWN -> Verdict.RefusedBy.PACKET;
    };
  }

  private Verdict.Step step(long uid, Judge.Finding finding) {
    return switch (finding.rule()) {
      case CHAIN, CUSTOM, METERED -> step(uid, finding, chain(finding));
      case INTERFACE_RULE ->
          step(
              uid,
              finding,
              "interface-rules",
              policy.settings().interfaceRules().byUid().containsKey(uid),
              exemptions.fromEverything(uid));
      case LOCKDOWN ->
          step(
              uid,
              finding,
              "lockdown",
              policy.settings().lockdown().uids().contains(uid),
              exemptions.fromAllowlists(uid));
      case LOCAL_NETWORK ->
          step(
              uid,
              finding,
              "local-network",
              policy.settings().localNetwork().deniedUids().contains(uid),
              exemptions.fromEverything(uid));
      case INTERNET_PERMISSION ->
          step(
              uid,
              finding,
              "internet-permission",
              policy.settings().permissions().noInternet().contains(uid),
              exemptions.fromEverything(uid));
    };
  }

  private ChainState chain(Judge.Finding finding) {
    boolean custom = finding.rule() == Judge.Rule.CUSTOM;
    return policy.chains().values().stream()
        .filter(chain -> chain.custom() == custom && chain.bit() == finding.bit())
        .findFirst()
        .orElseThrow();
  }

  private Verdict.Step step(long uid, Judge.Finding finding, ChainState chain) {
    return new Verdict.Step(
        chain.name(),
        Optional.of(chain.kind()),
        isEnabled(chain),
        chain.lists(uid, now),
        chain.kind().isAllowlist()
            ? exemptions.fromAllowlists(uid)
            : exemptions.fromEverything(uid),
        effect(finding),
        chain.blockedReason(),
        lift(finding, lift(chain, uid)),
        derived.detail(chain, uid));
  }

  private static String lift(ChainState chain, long uid) {
    return OwnDecisions.isOwn(chain.name())
        ? "uidnet rules clear"
        : "uidnet chain allow " + chain.name() + " " + uid;
  }

  /** Of {@code metered-allow}, whether it decides anything: data saver. */
  private boolean isEnabled(ChainState chain) {
    return chain.kind() == Chain.Kind.METERED_ALLOWLIST
        ? policy.settings().device().is(DeviceFlag.DATA_SAVER)
        : chain.enabled();
  }

  private static Verdict.Step step(
      long uid, Judge.Finding finding, String name, boolean listed, boolean exempt) {
    return new Verdict.Step(
        name,
        Optional.empty(),
        true,
        listed,
        exempt,
        effect(finding),
        reason(finding.rule()),
        lift(finding, "uidnet " + name + " allow " + uid),
        Optional.empty());
  }

  private static String reason(Judge.Rule rule) {
    return switch (rule) {
      case INTERFACE_RULE -> Reason.INTERFACE_RULE;
      case LOCKDOWN -> Reason.LOCKDOWN_VPN;
      case LOCAL_NETWORK -> Reason.LOCAL_NETWORK;
      case INTERNET_PERMISSION -> Reason.NO_INTERNET_PERMISSION;
      case CHAIN, CUSTOM, METERED -> throw new IllegalArgumentException("a chain has its own");
    };
  }

  private static Verdict.Effect effect(Judge.Finding finding) {
    if (!finding.asked()) {
      return Verdict.Effect.NOT_ASKED;
    }
    return finding.blocks() ? Verdict.Effect.BLOCKS : Verdict.Effect.PASSES;
  }

  private static Optional<String> lift(Judge.Finding finding, String command) {
    return finding.blocks() ? Optional.of(command) : Optional.empty();
  }

  /** The policy with what the question takes for granted; rows do not depend on it. */
  private Explainer supposing(Question question) {
    Policy supposed = policy;
    for (Map.Entry<String, Boolean> chain : question.enabled().entrySet()) {
      supposed = supposed.withEnabled(chain.getKey(), chain.getValue());
    }
    if (question.dataSaver().isPresent()) {
      supposed =
          supposed.with(
              supposed.settings().device().with(DeviceFlag.DATA_SAVER, question.dataSaver().get()));
    }
    return new Explainer(supposed, derived, desired, quotas, exemptions, links, now);
  }

  private Judge.Facts facts(Question question) {
    Optional<Links.Link> link = question.iface().map(this::link);
    Setting.Attributes attributes = policy.settings().interfaces().of(question.iface().orElse(""));
    int ifindex = link.map(l -> l.id().ifindex()).orElse(0);
    return new Judge.Facts(
        ifindex,
        link.map(Links.Link::host).orElse(true),
        question.metered().orElse(attributes.metered()),
        question.vpn().orElse(attributes.vpn()),
        question.loopback() || ifindex == LOOPBACK,
        question.inbound(),
        question.remote().map(this::isLocal).orElse(false));
  }

  private Links.Link link(String name) {
    return links
        .named(name)
        .orElseThrow(
            () ->
                new FirewallException(
                    FirewallException.Cause.UNKNOWN_INTERFACE,
                    "there is no interface '" + name + "'; ask for metered, vpn, ... instead"));
  }

  /** Of several prefixes the longest decides. */
  private boolean isLocal(InetAddress address) {
    return desired.localNetworks().entrySet().stream()
        .filter(local -> contains(local.getKey(), address))
        .max(Comparator.comparing(local -> mappedLength(local.getKey())))
        .map(Map.Entry::getValue)
        .orElse(false);
  }

  /** As in the map: IPv4 addresses are the IPv6 ones that stand for them. */
  private static boolean contains(Prefix prefix, InetAddress address) {
    byte[] wanted = mapped(prefix.address());
    byte[] bytes = mapped(address);
    for (int bit = 0; bit < mappedLength(prefix); bit++) {
      int mask = 0x80 >> bit % Byte.SIZE;
      if (((wanted[bit / Byte.SIZE] ^ bytes[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  private static int mappedLength(Prefix prefix) {
    return prefix.length() + (IPV6 - prefix.address().getAddress().length) * Byte.SIZE;
  }

  private static byte[] mapped(InetAddress address) {
    byte[] bytes = address.getAddress();
    ByteBuffer mapped = ByteBuffer.allocate(IPV6);
    if (bytes.length < IPV6) {
      mapped.position(IPV6 - bytes.length - 2).putShort((short) 0xffff);
    }
    return mapped.put(bytes).array();
  }
}
