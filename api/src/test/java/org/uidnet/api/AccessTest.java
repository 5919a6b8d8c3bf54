package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every route with every kind of caller; Android's acceptance cases 18 and 24 (who sees what: there
 * four levels, here all or one's own) and 57 (nobody asks for others' networks).
 */
class AccessTest {
  private static final long OWN = 1234;

  @TempDir static Path dir;
  private static TestServer server;
  private static String reader;

  /** Callers are of the unix socket up to nobody, then of TCP; {@code s:} are sessions. */
  private static final String TABLE =
      """
      method | target                                    | root | admin | 1234 | 4321 | nobody | token | reader | s:root | s:read | s:1234 | s:4321 | wrong | none
      GET    | /                                         | 200  | 200   | 200  | 200  | 200    | 200   | 200    | 200    | 200    | 200    | 200    | 401   | 200
      GET    | /dashboard/main.js                        | 200  | 200   | 200  | 200  | 200    | 200   | 200    | 200    | 200    | 200    | 200    | 401   | 200
      GET    | /dashboard/none.js                        | 404  | 404   | 404  | 404  | 404    | 404   | 404    | 404    | 404    | 404    | 404    | 401   | 404
      GET    | /problems                                 | 200  | 200   | 200  | 200  | 200    | 200   | 200    | 200    | 200    | 200    | 200    | 401   | 200
      GET    | /problems/no-token                        | 200  | 200   | 200  | 200  | 200    | 200   | 200    | 200    | 200    | 200    | 200    | 401   | 200
      GET    | /problems/nothing                         | 404  | 404   | 404  | 404  | 404    | 404   | 404    | 404    | 404    | 404    | 404    | 401   | 404
      GET    | /v1/health                                | 200  | 200   | 200  | 200  | 200    | 200   | 200    | 200    | 200    | 200    | 200    | 401   | 401
      GET    | /v1/status                                | 200  | 200   | 403  | 403  | 401    | 200   | 200    | 200    | 200    | 403    | 403    | 401   | 401
      GET    | /metrics                                  | 200  | 200   | 403  | 403  | 401    | 200   | 200    | 200    | 200    | 403    | 403    | 401   | 401
      GET    | /v1/usage/summary                         | 200  | 200   | 403  | 403  | 401    | 200   | 200    | 200    | 200    | 403    | 403    | 401   | 401
      GET    | /v1/usage/summary?uid=self                | 200  | 200   | 200  | 200  | 401    | 400   | 400    | 200    | 200    | 200    | 200    | 401   | 401
      GET    | /v1/usage/summary?uid=1234                | 200  | 200   | 200  | 403  | 401    | 200   | 200    | 200    | 200    | 200    | 403    | 401   | 401
      GET    | /v1/usage/summary?uid=1234,self           | 200  | 200   | 200  | 403  | 401    | 400   | 400    | 200    | 200    | 200    | 403    | 401   | 401
      GET    | /v1/usage/summary?uid=1234-1235           | 200  | 200   | 403  | 403  | 401    | 200   | 200    | 200    | 200    | 403    | 403    | 401   | 401
      GET    | /v1/usage/summary?uid=self&uid=1235       | 200  | 200   | 403  | 403  | 401    | 400   | 400    | 200    | 200    | 403    | 403    | 401   | 401
      GET    | /v1/usage/summary?uid=self,removed        | 200  | 200   | 403  | 403  | 401    | 400   | 400    | 200    | 200    | 403    | 403    | 401   | 401
      GET    | /v1/usage/summary?uid=removed             | 200  | 200   | 403  | 403  | 401    | 200   | 200    | 200    | 200    | 403    | 403    | 401   | 401
      GET    | /v1/usage/summary?network=home            | 200  | 200   | 403  | 403  | 401    | 200   | 200    | 200    | 200    | 403    | 403    | 401   | 401
      GET    | /v1/usage/summary?uid=self&network=home   | 200  | 200   | 200  | 200  | 401    | 400   | 400    | 200    | 200    | 200    | 200    | 401   | 401
      GET    | /v1/usage/history                         | 200  | 200   | 403  | 403  | 401    | 200   | 200    | 200    | 200    | 403    | 403    | 401   | 401
      GET    | /v1/usage/history?uid=self                | 200  | 200   | 200  | 200  | 401    | 400   | 400    | 200    | 200    | 200    | 200    | 401   | 401
      GET    | /v1/usage/since-boot                      | 200  | 200   | 403  | 403  | 401    | 200   | 200    | 200    | 200    | 403    | 403    | 401   | 401
      GET    | /v1/usage/since-boot?uid=1234             | 200  | 200   | 200  | 403  | 401    | 200   | 200    | 200    | 200    | 200    | 403    | 401   | 401
      GET    | /v1/usage/export                          | 200  | 200   | 403  | 403  | 401    | 200   | 200    | 200    | 200    | 403    | 403    | 401   | 401
      GET    | /v1/usage/export?uid=self                 | 200  | 200   | 200  | 200  | 401    | 400   | 400    | 200    | 200    | 200    | 200    | 401   | 401
      POST   | /v1/history/vacuum                        | 200  | 200   | 403  | 403  | 401    | 200   | 403    | 200    | 403    | 403    | 403    | 401   | 401
      POST   | /v1/backup                                | 200  | 200   | 403  | 403  | 401    | 200   | 403    | 200    | 403    | 403    | 403    | 401   | 401
      GET    | /v1/usage/truth                           | 200  | 200   | 403  | 403  | 401    | 200   | 200    | 200    | 200    | 403    | 403    | 401   | 401
      GET    | /v1/usage/imports                         | 200  | 200   | 403  | 403  | 401    | 200   | 200    | 200    | 200    | 403    | 403    | 401   | 401
      POST   | /v1/usage/imports                         | 400  | 400   | 403  | 403  | 401    | 403   | 403    | 403    | 403    | 403    | 403    | 401   | 401
      POST   | /v1/usage/poll                            | 200  | 200   | 403  | 403  | 401    | 200   | 403    | 200    | 403    | 403    | 403    | 401   | 401
      GET    | /v1/alerts                                | 200  | 200   | 200  | 200  | 401    | 200   | 200    | 200    | 200    | 200    | 200    | 401   | 401
      POST   | /v1/alerts                                | 400  | 400   | 400  | 400  | 401    | 400   | 403    | 400    | 403    | 400    | 400    | 401   | 401
      DELETE | /v1/alerts/7                              | 200  | 200   | 200  | 200  | 401    | 200   | 403    | 200    | 403    | 200    | 200    | 401   | 401
      GET    | /v1/firewall/chains                       | 200  | 200   | 403  | 403  | 401    | 200   | 200    | 200    | 200    | 403    | 403    | 401   | 401
      POST   | /v1/firewall/chains                       | 400  | 400   | 403  | 403  | 401    | 400   | 403    | 400    | 403    | 403    | 403    | 401   | 401
      GET    | /v1/firewall/chains/dozable               | 200  | 200   | 403  | 403  | 401    | 200   | 200    | 200    | 200    | 403    | 403    | 401   | 401
      PUT    | /v1/firewall/chains/dozable               | 400  | 400   | 403  | 403  | 401    | 400   | 403    | 400    | 403    | 403    | 403    | 401   | 401
      DELETE | /v1/firewall/chains/night                 | 200  | 200   | 403  | 403  | 401    | 200   | 403    | 200    | 403    | 403    | 403    | 401   | 401
      PUT    | /v1/firewall/chains/dozable/uids          | 400  | 400   | 403  | 403  | 401    | 400   | 403    | 400    | 403    | 403    | 403    | 401   | 401
      GET    | /v1/firewall/chains/dozable/uids/1234     | 200  | 200   | 403  | 403  | 401    | 200   | 200    | 200    | 200    | 403    | 403    | 401   | 401
      PUT    | /v1/firewall/chains/dozable/uids/1234     | 400  | 400   | 403  | 403  | 401    | 400   | 403    | 400    | 403    | 403    | 403    | 401   | 401
      GET    | /v1/firewall/uids/1234/verdict            | 200  | 200   | 200  | 403  | 401    | 200   | 200    | 200    | 200    | 200    | 403    | 401   | 401
      GET    | /v1/firewall/uids/self/verdict            | 200  | 200   | 200  | 200  | 401    | 400   | 400    | 200    | 200    | 200    | 200    | 401   | 401
      GET    | /v1/firewall/uids/1235/verdict            | 200  | 200   | 403  | 403  | 401    | 200   | 200    | 200    | 200    | 403    | 403    | 401   | 401
      GET    | /v1/firewall/uids/1234/verdict?owner=1234 | 200  | 200   | 200  | 403  | 401    | 200   | 200    | 200    | 200    | 200    | 403    | 401   | 401
      GET    | /v1/firewall/uids/1234/verdict?owner=1235 | 200  | 200   | 403  | 403  | 401    | 200   | 200    | 200    | 200    | 403    | 403    | 401   | 401
      GET    | /v1/firewall/uids/01234/verdict           | 200  | 200   | 200  | 403  | 401    | 200   | 200    | 200    | 200    | 200    | 403    | 401   | 401
      GET    | /v1/firewall/drops                        | 200  | 200   | 403  | 403  | 401    | 200   | 200    | 200    | 200    | 403    | 403    | 401   | 401
      GET    | /v1/firewall/drops?uid=self               | 200  | 200   | 200  | 200  | 401    | 400   | 400    | 200    | 200    | 200    | 200    | 401   | 401
      GET    | /v1/firewall/drops?uid=1235               | 200  | 200   | 403  | 403  | 401    | 200   | 200    | 200    | 200    | 403    | 403    | 401   | 401
      GET    | /v1/firewall/pending                      | 200  | 200   | 403  | 403  | 401    | 200   | 200    | 200    | 200    | 403    | 403    | 401   | 401
      POST   | /v1/firewall/pending/c-1/confirm          | 200  | 200   | 403  | 403  | 401    | 200   | 403    | 200    | 403    | 403    | 403    | 401   | 401
      GET    | /v1/firewall/lockdown                     | 200  | 200   | 403  | 403  | 401    | 200   | 200    | 200    | 200    | 403    | 403    | 401   | 401
      PUT    | /v1/firewall/lockdown                     | 400  | 400   | 403  | 403  | 401    | 400   | 403    | 400    | 403    | 403    | 403    | 401   | 401
      PUT    | /v1/firewall/lockdown/uids/1234           | 200  | 200   | 403  | 403  | 401    | 200   | 403    | 200    | 403    | 403    | 403    | 401   | 401
      DELETE | /v1/firewall/lockdown/uids/1234           | 200  | 200   | 403  | 403  | 401    | 200   | 403    | 200    | 403    | 403    | 403    | 401   | 401
      GET    | /v1/firewall/interface-rules              | 200  | 200   | 403  | 403  | 401    | 200   | 200    | 200    | 200    | 403    | 403    | 401   | 401
      PUT    | /v1/firewall/interface-rules              | 400  | 400   | 403  | 403  | 401    | 400   | 403    | 400    | 403    | 403    | 403    | 401   | 401
      PUT    | /v1/firewall/interface-rules/uids/1234    | 400  | 400   | 403  | 403  | 401    | 400   | 403    | 400    | 403    | 403    | 403    | 401   | 401
      DELETE | /v1/firewall/interface-rules/uids/1234    | 200  | 200   | 403  | 403  | 401    | 200   | 403    | 200    | 403    | 403    | 403    | 401   | 401
      GET    | /v1/firewall/ingress-discard              | 200  | 200   | 403  | 403  | 401    | 200   | 200    | 200    | 200    | 403    | 403    | 401   | 401
      PUT    | /v1/firewall/ingress-discard              | 400  | 400   | 403  | 403  | 401    | 400   | 403    | 400    | 403    | 403    | 403    | 401   | 401
      GET    | /v1/firewall/local-network                | 200  | 200   | 403  | 403  | 401    | 200   | 200    | 200    | 200    | 403    | 403    | 401   | 401
      PUT    | /v1/firewall/local-network                | 400  | 400   | 403  | 403  | 401    | 400   | 403    | 400    | 403    | 403    | 403    | 401   | 401
      PUT    | /v1/firewall/local-network/uids/1234      | 200  | 200   | 403  | 403  | 401    | 200   | 403    | 200    | 403    | 403    | 403    | 401   | 401
      DELETE | /v1/firewall/local-network/uids/1234      | 200  | 200   | 403  | 403  | 401    | 200   | 403    | 200    | 403    | 403    | 403    | 401   | 401
      GET    | /v1/firewall/blocked-ports                | 200  | 200   | 403  | 403  | 401    | 200   | 200    | 200    | 200    | 403    | 403    | 401   | 401
      PUT    | /v1/firewall/blocked-ports                | 400  | 400   | 403  | 403  | 401    | 400   | 403    | 400    | 403    | 403    | 403    | 401   | 401
      GET    | /v1/allowlists/metered-allow              | 200  | 200   | 403  | 403  | 401    | 200   | 200    | 200    | 200    | 403    | 403    | 401   | 401
      PUT    | /v1/allowlists/metered-allow              | 400  | 400   | 403  | 403  | 401    | 400   | 403    | 400    | 403    | 403    | 403    | 401   | 401
      POST   | /v1/allowlists/power-save/temporary       | 400  | 400   | 403  | 403  | 401    | 400   | 403    | 400    | 403    | 403    | 403    | 401   | 401
      PUT    | /v1/allowlists/power-save/uids/7          | 200  | 200   | 403  | 403  | 401    | 200   | 403    | 200    | 403    | 403    | 403    | 401   | 401
      DELETE | /v1/allowlists/power-save/uids/7          | 200  | 200   | 403  | 403  | 401    | 200   | 403    | 200    | 403    | 403    | 403    | 401   | 401
      PUT    | /v1/uids/process-states                   | 400  | 400   | 403  | 403  | 401    | 400   | 403    | 400    | 403    | 403    | 403    | 401   | 401
      PUT    | /v1/uids/7/process-state                  | 400  | 400   | 403  | 403  | 401    | 400   | 403    | 400    | 403    | 403    | 403    | 401   | 401
      PUT    | /v1/uids/7/idle                           | 400  | 400   | 403  | 403  | 401    | 400   | 403    | 400    | 403    | 403    | 403    | 401   | 401
      PUT    | /v1/uids/7/policy                         | 400  | 400   | 403  | 403  | 401    | 400   | 403    | 400    | 403    | 403    | 403    | 401   | 401
      GET    | /v1/uids/self/restrict-background         | 200  | 200   | 200  | 200  | 401    | 400   | 400    | 200    | 200    | 200    | 200    | 401   | 401
      GET    | /v1/device-state                          | 200  | 200   | 403  | 403  | 401    | 200   | 200    | 200    | 200    | 403    | 403    | 401   | 401
      PATCH  | /v1/device-state                          | 400  | 400   | 403  | 403  | 401    | 400   | 403    | 400    | 403    | 403    | 403    | 401   | 401
      GET    | /v1/rules                                 | 200  | 200   | 403  | 403  | 401    | 200   | 200    | 200    | 200    | 403    | 403    | 401   | 401
      PUT    | /v1/rules                                 | 400  | 400   | 403  | 403  | 401    | 400   | 403    | 400    | 403    | 403    | 403    | 401   | 401
      GET    | /v1/rules/decisions                       | 200  | 200   | 403  | 403  | 401    | 200   | 200    | 200    | 200    | 403    | 403    | 401   | 401
      POST   | /v1/rules/dry-run                         | 400  | 400   | 403  | 403  | 401    | 400   | 403    | 400    | 403    | 403    | 403    | 401   | 401
      GET    | /v1/interfaces                            | 200  | 200   | 403  | 403  | 401    | 200   | 200    | 200    | 200    | 403    | 403    | 401   | 401
      GET    | /v1/interfaces/wlan0                      | 200  | 200   | 403  | 403  | 401    | 200   | 200    | 200    | 200    | 403    | 403    | 401   | 401
      PUT    | /v1/interfaces/wlan0                      | 400  | 400   | 403  | 403  | 401    | 400   | 403    | 400    | 403    | 403    | 403    | 401   | 401
      GET    | /v1/uids                                  | 200  | 200   | 403  | 403  | 401    | 200   | 200    | 200    | 200    | 403    | 403    | 401   | 401
      GET    | /v1/uids/1234                             | 200  | 200   | 200  | 403  | 401    | 200   | 200    | 200    | 200    | 200    | 403    | 401   | 401
      GET    | /v1/uids/7                                | 200  | 200   | 403  | 403  | 401    | 200   | 200    | 200    | 200    | 403    | 403    | 401   | 401
      DELETE | /v1/usage/uids/1234                       | 200  | 200   | 403  | 403  | 401    | 200   | 403    | 200    | 403    | 403    | 403    | 401   | 401
      PUT    | /v1/uids/1234/counter-set                 | 400  | 400   | 403  | 403  | 401    | 400   | 403    | 400    | 403    | 403    | 403    | 401   | 401
      POST   | /v1/uids/1234/operations                  | 400  | 400   | 400  | 403  | 401    | 400   | 403    | 400    | 403    | 400    | 403    | 401   | 401
      POST   | /v1/uids/7/operations                     | 400  | 400   | 403  | 403  | 401    | 400   | 403    | 400    | 403    | 403    | 403    | 401   | 401
      PUT    | /v1/uids/1234/permissions                 | 400  | 400   | 403  | 403  | 401    | 400   | 403    | 400    | 403    | 403    | 403    | 401   | 401
      GET    | /v1/quotas                                | 200  | 200   | 200  | 200  | 401    | 200   | 200    | 200    | 200    | 200    | 200    | 401   | 401
      GET    | /v1/quotas/none                           | 404  | 404   | 404  | 404  | 401    | 404   | 404    | 404    | 404    | 404    | 404    | 401   | 401
      PUT    | /v1/quotas/mobile                         | 400  | 400   | 403  | 403  | 401    | 400   | 403    | 400    | 403    | 403    | 403    | 401   | 401
      DELETE | /v1/quotas/mobile                         | 200  | 200   | 403  | 403  | 401    | 200   | 403    | 200    | 403    | 403    | 403    | 401   | 401
      POST   | /v1/quotas/mobile/snooze                  | 404  | 404   | 403  | 403  | 401    | 404   | 403    | 404    | 403    | 403    | 403    | 401   | 401
      POST   | /v1/sockets/tags                          | 400  | 400   | 400  | 400  | 401    | 400   | 403    | 400    | 403    | 400    | 400    | 401   | 401
      DELETE | /v1/sockets/tags?pid=7&fd=3               | 200  | 200   | 200  | 200  | 401    | 200   | 403    | 200    | 403    | 200    | 200    | 401   | 401
      GET    | /v1/audit                                 | 200  | 200   | 403  | 403  | 401    | 200   | 200    | 200    | 200    | 403    | 403    | 401   | 401
      HEAD   | /v1/trace                                 | 200  | 200   | 403  | 403  | 401    | 200   | 200    | 200    | 200    | 403    | 403    | 401   | 401
      HEAD   | /v1/trace?uid=self                        | 200  | 200   | 200  | 200  | 401    | 400   | 400    | 200    | 200    | 200    | 200    | 401   | 401
      HEAD   | /v1/trace?uid=1234                        | 200  | 200   | 200  | 403  | 401    | 200   | 200    | 200    | 200    | 200    | 403    | 401   | 401
      HEAD   | /v1/trace?uid=1235                        | 200  | 200   | 403  | 403  | 401    | 200   | 200    | 200    | 200    | 403    | 403    | 401   | 401
      HEAD   | /v1/usage/stream                          | 200  | 200   | 403  | 403  | 401    | 200   | 200    | 200    | 200    | 403    | 403    | 401   | 401
      HEAD   | /v1/usage/stream?uid=self                 | 200  | 200   | 200  | 200  | 401    | 400   | 400    | 200    | 200    | 200    | 200    | 401   | 401
      HEAD   | /v1/usage/stream?uid=1235                 | 200  | 200   | 403  | 403  | 401    | 200   | 200    | 200    | 200    | 403    | 403    | 401   | 401
      HEAD   | /v1/events                                | 200  | 200   | 403  | 403  | 401    | 200   | 200    | 200    | 200    | 403    | 403    | 401   | 401
      HEAD   | /v1/events?uid=self                       | 200  | 200   | 200  | 200  | 401    | 400   | 400    | 200    | 200    | 200    | 200    | 401   | 401
      HEAD   | /v1/events?uid=1235                       | 200  | 200   | 403  | 403  | 401    | 200   | 200    | 200    | 200    | 403    | 403    | 401   | 401
      GET    | /v1/tokens                                | 200  | 200   | 403  | 403  | 401    | 200   | 403    | 200    | 403    | 403    | 403    | 401   | 401
      POST   | /v1/tokens                                | 400  | 400   | 403  | 403  | 401    | 400   | 403    | 400    | 403    | 403    | 403    | 401   | 401
      DELETE | /v1/tokens/7                              | 200  | 200   | 403  | 403  | 401    | 200   | 403    | 200    | 403    | 403    | 403    | 401   | 401
      POST   | /v1/session/codes                         | 200  | 200   | 200  | 200  | 401    | 403   | 403    | 403    | 403    | 403    | 403    | 401   | 401
      POST   | /v1/session                               | 401  | 401   | 401  | 401  | 401    | 401   | 401    | 401    | 401    | 401    | 401    | 401   | 401
      GET    | /v1/session                               | 200  | 200   | 200  | 200  | 401    | 200   | 200    | 200    | 200    | 200    | 200    | 401   | 401
      DELETE | /v1/session                               | 200  | 200   | 200  | 200  | 401    | 200   | 200    | 200    | 200    | 200    | 200    | 401   | 401
      GET    | /openapi.json                             | 200  | 200   | 200  | 200  | 200    | 200   | 200    | 200    | 200    | 200    | 200    | 401   | 401
      GET    | /v1/nothing                               | 404  | 404   | 404  | 404  | 401    | 404   | 404    | 404    | 404    | 404    | 404    | 401   | 401
      DELETE | /v1/usage/poll                            | 405  | 405   | 405  | 405  | 401    | 405   | 405    | 405    | 405    | 405    | 405    | 401   | 401
      """;

  @BeforeAll
  static void start() throws IOException {
    server = new TestServer(dir, TestServer.UNLIMITED);
    reader = server.reader();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @Test
  void table_hasEveryRoute() {
    List<Route> routes = server.routes();
    var router = new Router(routes);

    assertThat(TABLE.lines().skip(1).flatMap(line -> route(router, line))).containsAll(routes);
  }

  private static Stream<Route> route(Router router, String line) {
    String[] fields = line.split("[|?]");
    try {
      return Stream.of(router.find(fields[0].strip(), fields[1].strip()).route());
    } catch (Refusal e) {
      return Stream.empty(); // rows about paths that there are not
    }
  }

  /** The columns of the table. */
  private enum Who {
    ROOT(0),
    ADMIN(TestServer.ADMIN_UID),
    OWNER(OWN),
    OTHER(4321),
    NOBODY(OptionalLong.empty()),
    TOKEN(() -> server.bearer()),
    READER(() -> reader),
    ROOTS_SESSION(() -> server.session(0, "{}")),
    READING_SESSION(() -> server.session(0, "{\"role\":\"READ\"}")),
    OWNERS_SESSION(() -> server.session(OWN, "{}")),
    OTHERS_SESSION(() -> server.session(4321, "{}")),
    WRONG_TOKEN(() -> "Authorization: Bearer " + "x".repeat(43)),
    NO_TOKEN(() -> "X-Nothing: 1");

    private final Asking asking;

    Who(long uid) {
      this(OptionalLong.of(uid));
    }

    Who(OptionalLong uid) {
      asking = (method, target) -> server.unix(uid, method, target);
    }

    /** Over TCP. */
    Who(Header header) {
      asking = (method, target) -> server.tcp(method, target, header.of());
    }

    int status(String method, String target) throws IOException {
      return asking.ask(method, target).status();
    }
  }

  private interface Asking {
    HttpText.Reply ask(String method, String target) throws IOException;
  }

  private interface Header {
    String of() throws IOException;
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = TABLE)
  void route_answersEachCaller(ArgumentsAccessor row) throws IOException {
    String method = row.getString(0);
    String target = row.getString(1);
    Map<Who, Integer> expected = new EnumMap<>(Who.class);
    Map<Who, Integer> got = new EnumMap<>(Who.class);
    for (Who who : Who.values()) {
      expected.put(who, row.getInteger(2 + who.ordinal()));
      got.put(who, who.status(method, target));
    }

    assertThat(got).isEqualTo(expected);
  }

  @Test
  void overflowUid_isNobody() throws IOException {
    for (Route route : server.routes()) {
      String target = route.path().replaceAll("\\{[a-z]+}", "1");
      assertThat(server.unix(65534, route.method(), target).status())
          .as("%s %s", route.method(), target)
          .isEqualTo(Who.NOBODY.status(route.method(), target));
    }
  }

  /** Who is there tells the kernel; what is brought beside that means nothing. */
  @Test
  void tokensOnTheSocket_areNotLookedAt() throws IOException {
    String wrong = "Authorization: Bearer " + "x".repeat(43);

    assertThat(server.unix(OWN, "GET", "/v1/status", server.bearer()).status()).isEqualTo(403);
    assertThat(server.unix(OptionalLong.empty(), "GET", "/v1/status", server.bearer()).status())
        .isEqualTo(401);
    assertThat(server.unix(0, "GET", "/v1/status", wrong).status()).isEqualTo(200);
  }

  @Test
  void otherUid_isToldWhatToAskInstead() throws IOException {
    assertThat(server.get(1234, "/v1/usage/summary").detail())
        .isEqualTo("UID 1234 may see its own usage only: add uid=self.");
    assertThat(server.get(1234, "/v1/status").detail())
        .isEqualTo(
            "This is about all users; root and the configured admins may see it. Your own is at"
                + " /v1/usage/summary?uid=self and /v1/firewall/uids/self/verdict.");
    assertThat(server.get(1234, "/v1/firewall/uids/7/verdict").detail())
        .isEqualTo("UID 1234 may ask about itself only: write self in the place of the UID.");
    assertThat(server.unix(1234, "POST", "/v1/usage/poll").detail())
        .isEqualTo(
            "Only root and the configured admins may do this. What you may see is at"
                + " /v1/usage/summary?uid=self.");
  }

  @Test
  void nobody_isToldWhy() throws IOException {
    var reply = server.unix(OptionalLong.empty(), "GET", "/v1/status");

    assertThat(reply.detail())
        .isEqualTo(
            "The kernel names no user for this connection, or the overflow UID 65534; call as a"
                + " user that the daemon's user namespace knows.");
  }

  @Test
  void otherUid_seesNoUnattributed() throws IOException {
    assertThat(server.get(1234, "/v1/usage/summary?uid=self").json().has("unattributed")).isFalse();
    assertThat(server.get(0, "/v1/usage/summary?uid=1234").json().has("unattributed")).isTrue();
  }
}
