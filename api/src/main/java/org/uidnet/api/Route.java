package org.uidnet.api;

import java.util.Set;
import java.util.function.Function;

/**
 * One line of the table of routes.
 *
 * @param path template such as {@code /v1/uids/{uid}}
 * @param parameters the query's parameters that it knows; others are refused
 */
record Route(
    String method,
    String path,
    Access access,
    Set<String> parameters,
    Function<Call, Answer> endpoint) {

  static Route get(
      String path, Access access, Set<String> parameters, Function<Call, Object> endpoint) {
    return new Route("GET", path, access, parameters, endpoint.andThen(Answer::json));
  }

  /** Answers by a stream of events. */
  static Route stream(
      String path, Access access, Set<String> parameters, Function<Call, Answer> endpoint) {
    return new Route("GET", path, access, parameters, endpoint);
  }

  static Route put(
      String path, Access access, Set<String> parameters, Function<Call, Object> endpoint) {
    return new Route("PUT", path, access, parameters, endpoint.andThen(Answer::json));
  }

  static Route patch(
      String path, Access access, Set<String> parameters, Function<Call, Object> endpoint) {
    return new Route("PATCH", path, access, parameters, endpoint.andThen(Answer::json));
  }

  static Route delete(
      String path, Access access, Set<String> parameters, Function<Call, Object> endpoint) {
    return new Route("DELETE", path, access, parameters, endpoint.andThen(Answer::json));
  }

  static Route post(
      String path, Access access, Set<String> parameters, Function<Call, Object> endpoint) {
    return new Route("POST", path, access, parameters, endpoint.andThen(Answer::json));
  }
}
