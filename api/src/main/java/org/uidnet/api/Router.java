package org.uidnet.api;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jetty.http.pathmap.MatchedResource;
import org.eclipse.jetty.http.pathmap.PathMappings;
import org.eclipse.jetty.http.pathmap.UriTemplatePathSpec;
import org.eclipse.jetty.util.URIUtil;

/** Finds the route for a method and a path. */
final class Router {
  private final PathMappings<Map<String, Route>> paths = new PathMappings<>();

  Router(List<Route> routes) {
    for (Route route : routes) {
      add(route);
    }
  }

  /** A route and the values of its path's variables. */
  record Match(Route route, Map<String, String> path) {}

  /**
   * @throws Refusal 404 or 405
   */
  Match find(String method, String path) {
    MatchedResource<Map<String, Route>> matched = paths.getMatched(path);
    if (matched == null) {
      throw Refusal.of(ProblemType.NO_SUCH_PATH, "There is nothing at " + path + ".");
    }
    Route route = matched.getResource().get(method.equals("HEAD") ? "GET" : method);
    if (route == null) {
      throw wrongMethod(method, path, matched.getResource());
    }
    return new Match(route, variables(matched, path));
  }

  private void add(Route route) {
    var template = new UriTemplatePathSpec(route.path());
    Map<String, Route> methods = paths.get(template);
    if (methods == null) {
      methods = new TreeMap<>();
      paths.put(template, methods);
    }
    methods.put(route.method(), route);
  }

  private static Map<String, String> variables(
      MatchedResource<Map<String, Route>> matched, String path) {
    Map<String, String> decoded = new TreeMap<>();
    ((UriTemplatePathSpec) matched.getPathSpec())
        .getPathParams(path)
        .forEach((name, value) -> decoded.put(name, URIUtil.decodePath(value)));
    return decoded;
  }

  private static Refusal wrongMethod(String method, String path, Map<String, Route> methods) {
    var allowed = new TreeSet<>(methods.keySet());
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    String names = String.join(", ", allowed);
    return Refusal.of(
        ProblemType.WRONG_METHOD,
        path + " does not take " + method + ", but " + names + ".",
        Map.of("Allow", names));
  }
}
