package org.uidnet.api;

import static org.uidnet.api.Access.ADMIN;
import static org.uidnet.api.Access.ADMIN_ON_SOCKET;
import static org.uidnet.api.Access.ANY_UID;
import static org.uidnet.api.Access.ANY_UID_CHANGES;
import static org.uidnet.api.Access.ANY_UID_ON_SOCKET;
import static org.uidnet.api.Access.ANY_UID_OWN;
import static org.uidnet.api.Access.OPEN_ON_SOCKET;
import static org.uidnet.api.Access.OWN_UID_IN_PATH;
import static org.uidnet.api.Access.PUBLIC;
import static org.uidnet.api.Access.SEES_ALL;
import static org.uidnet.api.FirewallParameters.CHANGE;
import static org.uidnet.api.FirewallParameters.REMOVAL;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The table of routes: every path that there is, and who may use it. */
final class Routes {
  private Routes() {}

  static List<Route> of(
      Services services, Streams streams, HostEvents events, SessionEndpoints sessions) {
    return Stream.of(
            dashboard(),
            problems(),
            usage(services),
            uids(services),
            firewall(services),
            settings(services),
            state(services),
            rules(services),
            quotas(services),
            alerts(services),
            tags(services),
            streams(services, streams, events),
            access(services, sessions))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Route> dashboard() {
    var dashboard = new DashboardEndpoints();
    return List.of(
        Route.answering("/", PUBLIC, Set.of(), dashboard::page),
        Route.answering("/dashboard/{file}", PUBLIC, Set.of(), dashboard::file));
  }

  private static List<Route> problems() {
    var problems = new ProblemEndpoints();
    return List.of(
        Route.answering(ProblemType.PATH, PUBLIC, Set.of(), problems::page),
        Route.answering(ProblemType.PATH + "/{type}", PUBLIC, Set.of(), problems::section));
  }

  private static List<Route> usage(Services services) {
    var usage = new UsageEndpoints(services.usage());
    var imports = new ImportEndpoints(services.usage());
    var exports = new ExportEndpoints(services.usage());
    var backups = new BackupEndpoints(services);
    var status = new StatusEndpoints(services);
    var metrics = new MetricsEndpoints(services);
    return List.of(
        Route.answering("/metrics", SEES_ALL, Set.of(), metrics::metrics),
        Route.get("/v1/health", OPEN_ON_SOCKET, Set.of(), status::health),
        Route.get("/v1/status", SEES_ALL, Set.of(), status::status),
        Route.get("/v1/usage/summary", ANY_UID_OWN, UsageEndpoints.SUMMARY, usage::summary),
        Route.get("/v1/usage/history", ANY_UID_OWN, UsageEndpoints.HISTORY, usage::history),
        Route.get("/v1/usage/since-boot", ANY_UID_OWN, UsageEndpoints.SINCE_BOOT, usage::sinceBoot),
        Route.get("/v1/usage/truth", SEES_ALL, UsageEndpoints.TRUTH, usage::truth),
        Route.post("/v1/usage/poll", ADMIN, Set.of(), usage::poll),
        Route.get("/v1/usage/imports", SEES_ALL, Set.of(), imports::imports),
        Route.upload(
            "/v1/usage/imports", ADMIN_ON_SOCKET, ImportEndpoints.IMPORT, imports::importFile),
        Route.answering("/v1/usage/export", ANY_UID_OWN, ExportEndpoints.EXPORT, exports::export),
        Route.post("/v1/history/vacuum", ADMIN, Set.of(), status::vacuum),
        Route.postAnswering("/v1/backup", ADMIN, Set.of(), backups::backup));
  }

  private static List<Route> uids(Services services) {
    var uids = new UidEndpoints(services);
    String one = "/v1/uids/{uid}";
    return List.of(
        Route.get("/v1/uids", SEES_ALL, UidEndpoints.DIRECTORY, uids::uids),
        Route.get(one, OWN_UID_IN_PATH, Set.of(), uids::uid),
        Route.delete("/v1/usage/uids/{uid}", ADMIN, Set.of("strict"), uids::remove),
        Route.put(one + "/counter-set", ADMIN, Set.of(), uids::setCounterSet),
        Route.post(one + "/operations", ANY_UID_CHANGES, Set.of(), uids::addOperations));
  }

  private static List<Route> firewall(Services services) {
    var chains = new ChainEndpoints(services.firewall());
    var verdicts = new VerdictEndpoints(services.firewall(), services.names());
    var changes = new ChangeEndpoints(services.firewall());
    String all = "/v1/firewall/chains";
    String one = all + "/{chain}";
    String rule = one + "/uids/{uid}";
    return List.of(
        Route.get(all, SEES_ALL, Set.of(), chains::chains),
        Route.post(all, ADMIN, CHANGE, chains::create),
        Route.get(one, SEES_ALL, Set.of(), chains::chain),
        Route.put(one, ADMIN, CHANGE, chains::setEnabled),
        Route.delete(one, ADMIN, REMOVAL, chains::delete),
        Route.put(one + "/uids", ADMIN, CHANGE, chains::replaceUids),
        Route.get(rule, SEES_ALL, Set.of(), chains::rule),
        Route.put(rule, ADMIN, REMOVAL, chains::setRule),
        Route.get(
            "/v1/firewall/uids/{uid}/verdict",
            OWN_UID_IN_PATH,
            FirewallParameters.VERDICT,
            verdicts::verdict),
        Route.get("/v1/firewall/drops", ANY_UID_OWN, VerdictEndpoints.DROPS, verdicts::drops),
        Route.get("/v1/firewall/pending", SEES_ALL, Set.of(), changes::pending),
        Route.post("/v1/firewall/pending/{id}/confirm", ADMIN, Set.of(), changes::confirm),
        Route.get("/v1/audit", SEES_ALL, ChangeEndpoints.AUDIT, changes::audit));
  }

  private static List<Route> settings(Services services) {
    var settings = new SettingEndpoints(services.firewall());
    String lockdown = "/v1/firewall/lockdown";
    String interfaceRules = "/v1/firewall/interface-rules";
    String ingressDiscard = "/v1/firewall/ingress-discard";
    String localNetwork = "/v1/firewall/local-network";
    String blockedPorts = "/v1/firewall/blocked-ports";
    return List.of(
        Route.get(lockdown, SEES_ALL, Set.of(), settings::lockdown),
        Route.put(lockdown, ADMIN, CHANGE, settings::setLockdown),
        Route.put(lockdown + "/uids/{uid}", ADMIN, CHANGE, settings::lockUid),
        Route.delete(lockdown + "/uids/{uid}", ADMIN, CHANGE, settings::unlockUid),
        Route.get(interfaceRules, SEES_ALL, Set.of(), settings::interfaceRules),
        Route.put(interfaceRules, ADMIN, CHANGE, settings::setInterfaceRules),
        Route.put(interfaceRules + "/uids/{uid}", ADMIN, CHANGE, settings::setInterfaceRule),
        Route.delete(interfaceRules + "/uids/{uid}", ADMIN, CHANGE, settings::removeInterfaceRule),
        Route.get(ingressDiscard, SEES_ALL, Set.of(), settings::ingressDiscard),
        Route.put(ingressDiscard, ADMIN, CHANGE, settings::setIngressDiscard),
        Route.get(localNetwork, SEES_ALL, Set.of(), settings::localNetwork),
        Route.put(localNetwork, ADMIN, CHANGE, settings::setLocalNetwork),
        Route.put(localNetwork + "/uids/{uid}", ADMIN, CHANGE, settings::denyLocalNetwork),
        Route.delete(localNetwork + "/uids/{uid}", ADMIN, CHANGE, settings::allowLocalNetwork),
        Route.get(blockedPorts, SEES_ALL, Set.of(), settings::blockedPorts),
        Route.put(blockedPorts, ADMIN, CHANGE, settings::setBlockedPorts),
        Route.get("/v1/interfaces", SEES_ALL, Set.of(), settings::interfaces),
        Route.get("/v1/interfaces/{iface}", SEES_ALL, Set.of(), settings::iface),
        Route.put("/v1/interfaces/{iface}", ADMIN, CHANGE, settings::setInterface),
        Route.put("/v1/uids/{uid}/permissions", ADMIN, CHANGE, settings::setPermissions));
  }

  private static List<Route> state(Services services) {
    var state = new StateEndpoints(services.firewall());
    var allowlists = new AllowlistEndpoints(services.firewall());
    String device = "/v1/device-state";
    String one = "/v1/uids/{uid}";
    String allowlist = "/v1/allowlists/{name}";
    return List.of(
        Route.get(device, SEES_ALL, Set.of(), state::device),
        Route.patch(device, ADMIN, CHANGE, state::patchDevice),
        Route.put("/v1/uids/process-states", ADMIN, Set.of(), state::reportProcesses),
        Route.put(one + "/process-state", ADMIN, Set.of(), state::reportProcess),
        Route.put(one + "/idle", ADMIN, CHANGE, state::setIdle),
        Route.put(one + "/policy", ADMIN, CHANGE, state::setPolicy),
        Route.get(
            one + "/restrict-background", OWN_UID_IN_PATH, Set.of(), state::restrictBackground),
        Route.get(allowlist, SEES_ALL, Set.of(), allowlists::allowlist),
        Route.put(allowlist, ADMIN, CHANGE, allowlists::replace),
        Route.post(allowlist + "/temporary", ADMIN, CHANGE, allowlists::allowTemporarily),
        Route.put(allowlist + "/uids/{uid}", ADMIN, CHANGE, allowlists::add),
        Route.delete(allowlist + "/uids/{uid}", ADMIN, CHANGE, allowlists::remove));
  }

  private static List<Route> rules(Services services) {
    var rules = new OwnRuleEndpoints(services.firewall(), services.names());
    return List.of(
        Route.get("/v1/rules", SEES_ALL, Set.of(), rules::rules),
        Route.put("/v1/rules", ADMIN, CHANGE, rules::setRules),
        Route.get("/v1/rules/decisions", SEES_ALL, Set.of(), rules::decisions),
        Route.post("/v1/rules/dry-run", ADMIN, Set.of(), rules::rehearse));
  }

  private static List<Route> quotas(Services services) {
    var quotas = new QuotaEndpoints(services.firewall());
    String one = "/v1/quotas/{id}";
    return List.of(
        Route.get("/v1/quotas", ANY_UID, Set.of(), quotas::quotas),
        Route.get(one, ANY_UID, Set.of(), quotas::quota),
        Route.put(one, ADMIN, CHANGE, quotas::set),
        Route.delete(one, ADMIN, REMOVAL, quotas::delete),
        Route.post(one + "/snooze", ADMIN, Set.of(), quotas::snooze));
  }

  private static List<Route> alerts(Services services) {
    var alerts = new AlertEndpoints(services.usage());
    return List.of(
        Route.get("/v1/alerts", ANY_UID, Set.of(), alerts::alerts),
        Route.post("/v1/alerts", ANY_UID_CHANGES, Set.of(), alerts::add),
        Route.delete("/v1/alerts/{id}", ANY_UID_CHANGES, AlertEndpoints.DELETION, alerts::delete));
  }

  private static List<Route> tags(Services services) {
    var tags = new TagEndpoints(services.tags());
    return List.of(
        Route.post("/v1/sockets/tags", ANY_UID_CHANGES, Set.of(), tags::tag),
        Route.delete("/v1/sockets/tags", ANY_UID_CHANGES, TagParameters.REMOVAL, tags::untag));
  }

  private static List<Route> streams(Services services, Streams streams, HostEvents events) {
    var ids = new EventIds(services.host().bootId());
    var traces = new TraceEndpoints(services, streams, ids);
    var rates = new RateEndpoints(services, streams, ids);
    var happenings = new EventEndpoints(events, streams, ids);
    return List.of(
        Route.answering("/v1/trace", ANY_UID_OWN, TraceEndpoints.TRACE, traces::trace),
        Route.answering("/v1/usage/stream", ANY_UID_OWN, RateEndpoints.RATES, rates::rates),
        Route.answering("/v1/events", ANY_UID_OWN, EventEndpoints.EVENTS, happenings::events));
  }

  private static List<Route> access(Services services, SessionEndpoints sessions) {
    var tokens = new TokenEndpoints(services.firewall());
    return List.of(
        Route.get("/v1/tokens", ADMIN, Set.of(), tokens::tokens),
        Route.post("/v1/tokens", ADMIN, Set.of(), tokens::make),
        Route.delete("/v1/tokens/{id}", ADMIN, TokenEndpoints.REVOCATION, tokens::revoke),
        Route.post("/v1/session/codes", ANY_UID_ON_SOCKET, Set.of(), sessions::newCode),
        Route.post("/v1/session", PUBLIC, Set.of(), sessions::open),
        Route.get("/v1/session", ANY_UID, Set.of(), sessions::caller),
        Route.delete("/v1/session", ANY_UID, Set.of(), sessions::end),
        Route.answering("/openapi.json", OPEN_ON_SOCKET, Set.of(), OpenApi::document));
  }
}
