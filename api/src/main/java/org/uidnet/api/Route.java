package org.uidnet.api;

import java.util.Set;
import java.util.function.Function;

/**
 * One line of the table of routes.
 *
 * @param path template such as {@code /v1/uids/{uid}}
 * @param parameters the query's parameters that it knows; others are refused
 * @param body what it takes, if anything
 */
record Route(
    String method,
    String path,
    Access access,
    Set<String> parameters,
    Body.Type body,
    Function<Call, Answer> endpoint) {

  static Route get(
      String path, Access access, Set<String> parameters, Function<Call, Object> endpoint) {
    return new Route(
        "GET", path, access, parameters, Body.Type.JSON, endpoint.andThen(Answer::json));
  }

  /** Answers by a stream of events, or a file. */
  static Route answering(
      String path, Access access, Set<String> parameters, Function<Call, Answer> endpoint) {
    return new Route("GET", path, access, parameters, Body.Type.JSON, endpoint);
  }

  /** The same where asking costs as much as a change. */
  static Route postAnswering(
      String path, Access access, Set<String> parameters, Function<Call, Answer> endpoint) {
    return new Route("POST", path, access, parameters, Body.Type.JSON, endpoint);
  }

  /** Takes a file. */
  static Route upload(
      String path, Access access, Set<String> parameters, Function<Call, Object> endpoint) {
    return new Route(
        "POST", path, access, parameters, Body.Type.FILE, endpoint.andThen(Answer::json));
  }

  static Route put(
      String path, Access access, Set<String> parameters, Function<Call, Object> endpoint) {
    return new Route(
        "PUT", path, access, parameters, Body.Type.JSON, endpoint.andThen(Answer::json));
  }

  static Route patch(
      String path, Access access, Set<String> parameters, Function<Call, Object> endpoint) {
    return new Route(
        "PATCH", path, access, parameters, Body.Type.JSON, endpoint.andThen(Answer::json));
  }

  static Route delete(
      String path, Access access, Set<String> parameters, Function<Call, Object> endpoint) {
    return new Route(
        "DELETE", path, access, parameters, Body.Type.JSON, endpoint.andThen(Answer::json));
  }

  static Route post(
      String path, Access access, Set<String> parameters, Function<Call, Object> endpoint) {
    return new Route(
        "POST", path, access, parameters, Body.Type.JSON, endpoint.andThen(Answer::json));
  }
}
