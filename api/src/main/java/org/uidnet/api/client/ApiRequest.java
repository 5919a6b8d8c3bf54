package org.uidnet.api.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.uidnet.api.model.AlertDocument;
import org.uidnet.api.model.AlertList;
import org.uidnet.api.model.AlertRequest;
import org.uidnet.api.model.AlertTemplate;
import org.uidnet.api.model.AllowlistChange;
import org.uidnet.api.model.AllowlistDocument;
import org.uidnet.api.model.AuditLog;
import org.uidnet.api.model.ChainChange;
import org.uidnet.api.model.ChainDocument;
import org.uidnet.api.model.ChainKind;
import org.uidnet.api.model.ChainList;
import org.uidnet.api.model.ChainSwitch;
import org.uidnet.api.model.Change;
import org.uidnet.api.model.CounterSetChange;
import org.uidnet.api.model.CounterSetDocument;
import org.uidnet.api.model.DeviceState;
import org.uidnet.api.model.DropReport;
import org.uidnet.api.model.Health;
import org.uidnet.api.model.Idle;
import org.uidnet.api.model.ImportDocument;
import org.uidnet.api.model.ImportList;
import org.uidnet.api.model.InterfaceDocument;
import org.uidnet.api.model.InterfaceFacts;
import org.uidnet.api.model.InterfaceList;
import org.uidnet.api.model.InterfaceRules;
import org.uidnet.api.model.NewChain;
import org.uidnet.api.model.Operations;
import org.uidnet.api.model.OwnRulesDocument;
import org.uidnet.api.model.PendingChanges;
import org.uidnet.api.model.Permissions;
import org.uidnet.api.model.PollOutcome;
import org.uidnet.api.model.ProcessStateChange;
import org.uidnet.api.model.ProcessStateList;
import org.uidnet.api.model.ProcessStateRequest;
import org.uidnet.api.model.ProcessStatesChange;
import org.uidnet.api.model.QuotaChange;
import org.uidnet.api.model.QuotaDocument;
import org.uidnet.api.model.QuotaList;
import org.uidnet.api.model.QuotaRequest;
import org.uidnet.api.model.RestrictBackgroundStatus;
import org.uidnet.api.model.RuleDecisions;
import org.uidnet.api.model.RuleRehearsal;
import org.uidnet.api.model.RuleRequest;
import org.uidnet.api.model.SessionCode;
import org.uidnet.api.model.SessionCodeRequest;
import org.uidnet.api.model.SnoozeRequest;
import org.uidnet.api.model.Status;
import org.uidnet.api.model.TagRequest;
import org.uidnet.api.model.TaggedSocket;
import org.uidnet.api.model.TemporaryRequest;
import org.uidnet.api.model.TokenDocument;
import org.uidnet.api.model.TokenList;
import org.uidnet.api.model.TokenRequest;
import org.uidnet.api.model.TracedPacket;
import org.uidnet.api.model.TruthReport;
import org.uidnet.api.model.UidDirectory;
import org.uidnet.api.model.UidDocument;
import org.uidnet.api.model.UidList;
import org.uidnet.api.model.UidPolicyDocument;
import org.uidnet.api.model.UidRule;
import org.uidnet.api.model.UidRuleChange;
import org.uidnet.api.model.UsageHistory;
import org.uidnet.api.model.UsageRates;
import org.uidnet.api.model.UsageSinceBoot;
import org.uidnet.api.model.UsageSummary;
import org.uidnet.api.model.VacuumOutcome;
import org.uidnet.api.model.VerdictReport;
import org.uidnet.stats.CounterSet;

/**
 * A request before it is sent.
 *
 * @param target path and query
 * @param body what is sent: bytes as they are, all else as JSON
 * @param answer what it is answered with
 */
public record ApiRequest<T>(String method, String target, Optional<Object> body, Class<T> answer) {
  private static final String ALLOWLISTS = "/v1/allowlists";
  private static final String CHAINS = "/v1/firewall/chains";
  private static final String DEVICE_STATE = "/v1/device-state";
  private static final String IMPORTS = "/v1/usage/imports";
  private static final String INTERFACES = "/v1/interfaces";
  private static final String QUOTAS = "/v1/quotas";
  private static final String ALERTS = "/v1/alerts";
  private static final String TOKENS = "/v1/tokens";
  private static final String RULES = "/v1/rules";
  private static final String TAGS = "/v1/sockets/tags";
  private static final String UIDS = "/v1/uids/";

  public static ApiRequest<Health> health() {
    return get("/v1/health", UsageQuery.NONE, Health.class);
  }

  public static ApiRequest<Status> status() {
    return get("/v1/status", UsageQuery.NONE, Status.class);
  }

  public static ApiRequest<UsageSummary> summary(UsageQuery query) {
    return get("/v1/usage/summary", query, UsageSummary.class);
  }

  public static ApiRequest<UsageHistory> history(UsageQuery query) {
    return get("/v1/usage/history", query, UsageHistory.class);
  }

  public static ApiRequest<UsageSinceBoot> sinceBoot(UsageQuery query) {
    return get("/v1/usage/since-boot", query, UsageSinceBoot.class);
  }

  public static ApiRequest<TruthReport> truth(UsageQuery query) {
    return get("/v1/usage/truth", query, TruthReport.class);
  }

  public static ApiRequest<PollOutcome> poll() {
    return write("POST", "/v1/usage/poll", Optional.empty(), PollOutcome.class);
  }

  public static ApiRequest<ImportList> imports() {
    return get(IMPORTS, UsageQuery.NONE, ImportList.class);
  }

  /**
   * Takes a recording of a phone into history.
   *
   * @param name the file's, such as {@code uid.1653670512567-1654966512567}
   */
  public static ApiRequest<ImportDocument> importRecording(String name, byte[] recording) {
    String target = IMPORTS + "?name=" + encode(name);
    return write("POST", target, Optional.of(recording), ImportDocument.class);
  }

  /**
   * Takes what another host exported into history.
   *
   * @param source what that host is called
   * @param format {@code csv} or {@code jsonl}
   */
  public static ApiRequest<ImportDocument> importHistory(
      String source, String format, byte[] file) {
    String target = IMPORTS + "?format=" + encode(format) + "&source=" + encode(source);
    return write("POST", target, Optional.of(file), ImportDocument.class);
  }

  /** Of {@link UidnetClient#download}: buckets, as CSV or JSON lines. */
  public static ApiRequest<byte[]> export(UsageQuery query) {
    return get("/v1/usage/export", query, byte[].class);
  }

  /** Gives space back that history no longer needs. */
  public static ApiRequest<VacuumOutcome> vacuum() {
    return write("POST", "/v1/history/vacuum", Optional.empty(), VacuumOutcome.class);
  }

  /** Of {@link UidnetClient#download}: a zip file of both databases. */
  public static ApiRequest<byte[]> backup() {
    return write("POST", "/v1/backup", Optional.empty(), byte[].class);
  }

  /** Of {@link UidnetClient#download}: what Prometheus reads. */
  public static ApiRequest<byte[]> metrics() {
    return get("/metrics", UsageQuery.NONE, byte[].class);
  }

  public static ApiRequest<DropReport> drops(UsageQuery query) {
    return get("/v1/firewall/drops", query, DropReport.class);
  }

  /** Of {@link UidnetClient#events}: packets, and gaps. */
  public static ApiRequest<TracedPacket> trace(UsageQuery query) {
    return get("/v1/trace", query, TracedPacket.class);
  }

  /** Of {@link UidnetClient#events}: rates per UID, each second. */
  public static ApiRequest<UsageRates> rates(UsageQuery query) {
    return get("/v1/usage/stream", query, UsageRates.class);
  }

  /** Of {@link UidnetClient#events}: what happens on the host. */
  public static ApiRequest<JsonNode> events(UsageQuery query) {
    return get("/v1/events", query, JsonNode.class);
  }

  public static ApiRequest<ChainList> chains() {
    return get(CHAINS, UsageQuery.NONE, ChainList.class);
  }

  public static ApiRequest<ChainDocument> chain(String chain) {
    return get(path(CHAINS, chain), UsageQuery.NONE, ChainDocument.class);
  }

  public static ApiRequest<ChainChange> createChain(String chain, ChainKind kind) {
    var body = new NewChain(Optional.of(chain), Optional.of(kind));
    return write("POST", CHAINS, Optional.of(body), ChainChange.class);
  }

  public static ApiRequest<Change> deleteChain(String chain) {
    return write("DELETE", path(CHAINS, chain), Optional.empty(), Change.class);
  }

  public static ApiRequest<ChainChange> setEnabled(String chain, boolean enabled) {
    var body = new ChainSwitch(Optional.of(enabled));
    return write("PUT", path(CHAINS, chain), Optional.of(body), ChainChange.class);
  }

  public static ApiRequest<ChainChange> replaceUids(String chain, Collection<Long> uids) {
    String target = path(CHAINS, chain) + "/uids";
    return write("PUT", target, Optional.of(UidList.of(uids)), ChainChange.class);
  }

  public static ApiRequest<UidRule> rule(String chain, long uid) {
    return get(path(CHAINS, chain) + "/uids/" + uid, UsageQuery.NONE, UidRule.class);
  }

  public static ApiRequest<UidRuleChange> setRule(String chain, long uid, RuleRequest rule) {
    String target = path(CHAINS, chain) + "/uids/" + uid;
    return write("PUT", target, Optional.of(rule), UidRuleChange.class);
  }

  /** Puts the UID under lockdown, or lifts it. */
  public static ApiRequest<Change> lockdown(long uid, boolean locked) {
    return listed("/v1/firewall/lockdown/uids/" + uid, locked);
  }

  /** Keeps the UID from local networks, or no longer. */
  public static ApiRequest<Change> denyLocalNetwork(long uid, boolean denied) {
    return listed("/v1/firewall/local-network/uids/" + uid, denied);
  }

  private static ApiRequest<Change> listed(String target, boolean listed) {
    return write(listed ? "PUT" : "DELETE", target, Optional.empty(), Change.class);
  }

  public static ApiRequest<Change> setInterfaceRule(long uid, String iface) {
    var body = new InterfaceRules.Item(Optional.empty(), Optional.of(iface));
    String target = "/v1/firewall/interface-rules/uids/" + uid;
    return write("PUT", target, Optional.of(body), Change.class);
  }

  public static ApiRequest<Change> removeInterfaceRule(long uid) {
    return listed("/v1/firewall/interface-rules/uids/" + uid, false);
  }

  /** Who is on a list such as {@code power-save}. */
  public static ApiRequest<AllowlistDocument> allowlist(String name) {
    return get(path(ALLOWLISTS, name), UsageQuery.NONE, AllowlistDocument.class);
  }

  public static ApiRequest<AllowlistChange> replaceAllowlist(String name, Collection<Long> uids) {
    Object body = UidList.of(uids);
    return write("PUT", path(ALLOWLISTS, name), Optional.of(body), AllowlistChange.class);
  }

  /** Puts one UID on an allowlist, or takes it off. */
  public static ApiRequest<AllowlistChange> setAllowlisted(String name, long uid, boolean listed) {
    String target = path(ALLOWLISTS, name) + "/uids/" + uid;
    String method = listed ? "PUT" : "DELETE";
    return write(method, target, Optional.empty(), AllowlistChange.class);
  }

  public static ApiRequest<AllowlistChange> allowTemporarily(
      String name, TemporaryRequest request) {
    String target = path(ALLOWLISTS, name) + "/temporary";
    return write("POST", target, Optional.of(request), AllowlistChange.class);
  }

  public static ApiRequest<DeviceState> deviceState() {
    return get(DEVICE_STATE, UsageQuery.NONE, DeviceState.class);
  }

  /** Changes what the document names, and nothing else. */
  public static ApiRequest<Change> changeDeviceState(DeviceState changes) {
    return write("PATCH", DEVICE_STATE, Optional.of(changes), Change.class);
  }

  /** Says how the processes of a UID are now. */
  public static ApiRequest<ProcessStateChange> reportProcess(long uid, ProcessStateRequest report) {
    String target = UIDS + uid + "/process-state";
    return write("PUT", target, Optional.of(report), ProcessStateChange.class);
  }

  /** The same of many at once. */
  public static ApiRequest<ProcessStatesChange> reportProcesses(ProcessStateList states) {
    String target = UIDS + "process-states";
    return write("PUT", target, Optional.of(states), ProcessStatesChange.class);
  }

  public static ApiRequest<Change> setIdle(long uid, boolean idle) {
    return write(
        "PUT", UIDS + uid + "/idle", Optional.of(new Idle(Optional.of(idle))), Change.class);
  }

  public static ApiRequest<Change> setPolicy(long uid, UidPolicyDocument policy) {
    return write("PUT", UIDS + uid + "/policy", Optional.of(policy), Change.class);
  }

  public static ApiRequest<RestrictBackgroundStatus> restrictBackground(long uid) {
    String target = UIDS + uid + "/restrict-background";
    return get(target, UsageQuery.NONE, RestrictBackgroundStatus.class);
  }

  /** How a UID stands. */
  public static ApiRequest<UidDocument> uid(long uid) {
    return get(UIDS + uid, UsageQuery.NONE, UidDocument.class);
  }

  public static ApiRequest<InterfaceList> interfaces() {
    return get(INTERFACES, UsageQuery.NONE, InterfaceList.class);
  }

  public static ApiRequest<InterfaceDocument> iface(String name) {
    return get(path(INTERFACES, name), UsageQuery.NONE, InterfaceDocument.class);
  }

  /** Says what an interface is; of what is absent the answer is no. It need not be there yet. */
  public static ApiRequest<Change> setInterface(String name, InterfaceFacts facts) {
    return write("PUT", path(INTERFACES, name), Optional.of(facts), Change.class);
  }

  public static ApiRequest<Change> setInternetPermission(long uid, boolean allowed) {
    var body = new Permissions(Optional.of(allowed), Optional.empty(), Optional.empty());
    return write("PUT", UIDS + uid + "/permissions", Optional.of(body), Change.class);
  }

  /** The host's own rules. */
  public static ApiRequest<OwnRulesDocument> rules() {
    return get(RULES, UsageQuery.NONE, OwnRulesDocument.class);
  }

  /** What own rules decide now. */
  public static ApiRequest<RuleDecisions> ruleDecisions() {
    return get(RULES + "/decisions", UsageQuery.NONE, RuleDecisions.class);
  }

  /** Replaces all own rules. */
  public static ApiRequest<Change> setRules(OwnRulesDocument rules) {
    return write("PUT", RULES, Optional.of(rules), Change.class);
  }

  /** What these rules would change. */
  public static ApiRequest<RuleRehearsal> rehearseRules(OwnRulesDocument rules) {
    return write("POST", RULES + "/dry-run", Optional.of(rules), RuleRehearsal.class);
  }

  /** UIDs that are called so now, or were last. */
  public static ApiRequest<UidDirectory> uids(String name) {
    return get("/v1/uids", new UsageQuery(Map.of("name", name)), UidDirectory.class);
  }

  public static ApiRequest<CounterSetChange> setCounterSet(long uid, CounterSet set) {
    var body = new CounterSetDocument(Optional.of(set));
    String target = UIDS + uid + "/counter-set";
    return write("PUT", target, Optional.of(body), CounterSetChange.class);
  }

  /** Counts what the caller did, such as fetches, under a tag. */
  public static ApiRequest<Change> addOwnOperations(long tag, int count) {
    return addOperations("self", tag, count);
  }

  /** Counts what another UID did, which takes the permission {@code updateDeviceStats}. */
  public static ApiRequest<Change> addOperations(long uid, long tag, int count) {
    return addOperations(Long.toString(uid), tag, count);
  }

  private static ApiRequest<Change> addOperations(String uid, long tag, int count) {
    var body = new Operations(Optional.of(tag), Optional.of(count));
    return write("POST", UIDS + uid + "/operations", Optional.of(body), Change.class);
  }

  public static ApiRequest<QuotaList> quotas() {
    return get(QUOTAS, UsageQuery.NONE, QuotaList.class);
  }

  public static ApiRequest<QuotaDocument> quota(String id) {
    return get(path(QUOTAS, id), UsageQuery.NONE, QuotaDocument.class);
  }

  public static ApiRequest<QuotaChange> setQuota(String id, QuotaRequest quota) {
    return write("PUT", path(QUOTAS, id), Optional.of(quota), QuotaChange.class);
  }

  public static ApiRequest<Change> deleteQuota(String id) {
    return write("DELETE", path(QUOTAS, id), Optional.empty(), Change.class);
  }

  public static ApiRequest<QuotaChange> snoozeQuota(String id, SnoozeRequest request) {
    return write("POST", path(QUOTAS, id) + "/snooze", Optional.of(request), QuotaChange.class);
  }

  /** Of the caller; root and admins see all. */
  public static ApiRequest<AlertList> alerts() {
    return get(ALERTS, UsageQuery.NONE, AlertList.class);
  }

  /** Events {@code alert} tell when the threshold was passed; who is not root asks about itself. */
  public static ApiRequest<AlertDocument> addAlert(AlertTemplate template, long thresholdBytes) {
    AlertRequest alert = new AlertRequest(Optional.of(template), Optional.of(thresholdBytes));
    return write("POST", ALERTS, Optional.of(alert), AlertDocument.class);
  }

  public static ApiRequest<Change> deleteAlert(long id) {
    return write("DELETE", path(ALERTS, Long.toString(id)), Optional.empty(), Change.class);
  }

  /** A code with which a page begins a session of the caller; over the unix socket only. */
  public static ApiRequest<SessionCode> sessionCode(SessionCodeRequest request) {
    return write("POST", "/v1/session/codes", Optional.of(request), SessionCode.class);
  }

  public static ApiRequest<TokenList> tokens() {
    return get(TOKENS, UsageQuery.NONE, TokenList.class);
  }

  /** A read-only token for a program; the answer is the only place where its secret is. */
  public static ApiRequest<TokenDocument> makeToken(TokenRequest request) {
    return write("POST", TOKENS, Optional.of(request), TokenDocument.class);
  }

  public static ApiRequest<Change> revokeToken(long id) {
    return write("DELETE", path(TOKENS, Long.toString(id)), Optional.empty(), Change.class);
  }

  /** The UID was removed: its history becomes that of removed UIDs, its rules and tags go. */
  public static ApiRequest<Change> removeUid(long uid) {
    return write("DELETE", "/v1/usage/uids/" + uid, Optional.empty(), Change.class);
  }

  /**
   * Whether the UID's packets pass.
   *
   * @param whatIf parameters as the HTTP interface spells them
   */
  public static ApiRequest<VerdictReport> verdict(long uid, Map<String, String> whatIf) {
    String target = "/v1/firewall/uids/" + uid + "/verdict";
    return get(target, new UsageQuery(whatIf), VerdictReport.class);
  }

  public static ApiRequest<TaggedSocket> tag(TagRequest request) {
    return write("POST", TAGS, Optional.of(request), TaggedSocket.class);
  }

  /**
   * Takes the tag off a socket.
   *
   * @param request names it; the rest is not sent
   * @param strict whether it is an error if there is none
   */
  public static ApiRequest<TaggedSocket> untag(TagRequest request, boolean strict) {
    Map<String, String> socket = new LinkedHashMap<>();
    request.pid().ifPresent(pid -> socket.put("pid", pid.toString()));
    request.fd().ifPresent(fd -> socket.put("fd", fd.toString()));
    request.protocol().ifPresent(protocol -> socket.put("protocol", protocol));
    request.local().ifPresent(end -> socket.put("local", end));
    request.remote().ifPresent(end -> socket.put("remote", end));
    if (strict) {
      socket.put("strict", "true");
    }
    String target = TAGS + questionMark(new UsageQuery(socket));
    return write("DELETE", target, Optional.empty(), TaggedSocket.class);
  }

  public static ApiRequest<AuditLog> audit() {
    return get("/v1/audit", UsageQuery.NONE, AuditLog.class);
  }

  public static ApiRequest<PendingChanges> pending() {
    return get("/v1/firewall/pending", UsageQuery.NONE, PendingChanges.class);
  }

  public static ApiRequest<Change> confirm(String changeId) {
    String target = path("/v1/firewall/pending", changeId) + "/confirm";
    return write("POST", target, Optional.empty(), Change.class);
  }

  /** The same change, undone unless it is confirmed within a time such as {@code 60s}. */
  public ApiRequest<T> confirmedWithin(String time) {
    return new ApiRequest<>(method, target + "?confirm=" + encode(time), body, answer);
  }

  private static <T> ApiRequest<T> get(String path, UsageQuery query, Class<T> answer) {
    return new ApiRequest<>("GET", path + questionMark(query), Optional.empty(), answer);
  }

  private static <T> ApiRequest<T> write(
      String method, String target, Optional<Object> body, Class<T> answer) {
    return new ApiRequest<>(method, target, body, answer);
  }

  private static String path(String parent, String name) {
    return parent + "/" + encode(name).replace("+", "%20");
  }

  private static String questionMark(UsageQuery query) {
    return query.parameters().entrySet().stream()
        .map(entry -> entry.getKey() + "=" + encode(entry.getValue()))
        .collect(Collectors.joining("&", query.parameters().isEmpty() ? "" : "?", ""));
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
