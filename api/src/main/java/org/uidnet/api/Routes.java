package org.uidnet.api;

import static org.uidnet.api.Access.ADMIN;
import static org.uidnet.api.Access.ANY_UID_OWN;
import static org.uidnet.api.Access.OPEN_ON_SOCKET;
import static org.uidnet.api.Access.SEES_ALL;

import java.util.List;
import java.util.Set;

/** The table of routes: every path that there is, and who may use it. */
final class Routes {
  private Routes() {}

  static List<Route> of(Services services) {
    var usage = new UsageEndpoints(services.usage());
    var status = new StatusEndpoints(services);
    return List.of(
        Route.get("/v1/health", OPEN_ON_SOCKET, Set.of(), status::health),
        Route.get("/v1/status", SEES_ALL, Set.of(), status::status),
        Route.get("/v1/usage/summary", ANY_UID_OWN, UsageEndpoints.SUMMARY, usage::summary),
        Route.get("/v1/usage/history", ANY_UID_OWN, UsageEndpoints.HISTORY, usage::history),
        Route.get("/v1/usage/since-boot", ANY_UID_OWN, UsageEndpoints.SINCE_BOOT, usage::sinceBoot),
        Route.get("/v1/usage/truth", SEES_ALL, UsageEndpoints.TRUTH, usage::truth),
        Route.post("/v1/usage/poll", ADMIN, Set.of(), usage::poll));
  }
}
