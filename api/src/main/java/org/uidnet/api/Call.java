package org.uidnet.api;

import java.time.Instant;
import java.util.Map;

/**
 * One request as the routes' code sees it.
 *
 * @param path the path's variables
 * @param now when the request came, in whole milliseconds
 */
record Call(Caller caller, Map<String, String> path, Query query, Body body, Instant now) {}
