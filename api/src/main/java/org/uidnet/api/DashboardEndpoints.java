package org.uidnet.api;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The dashboard: a page and the files that it asks for. All that there are stand in a table here,
 * so that no path of a request ever reaches the class path or a disk.
 */
final class DashboardEndpoints {
  /** The page itself is at the root. */
  static final String PAGE = "index.html";

  private static final String CHARTS = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

  private static final Map<String, String> RESOURCES =
      Stream.concat(
              Stream.of(
                      PAGE,
                      "api.js",
                      "bands.js",
                      "chains.js",
                      "chart.css",
                      "chart.js",
                      "device.js",
                      "dom.js",
                      "footer.js",
                      "format.js",
                      "header.js",
                      "icon.svg",
                      "layout.css",
                      "live.js",
                      "main.js",
                      "marks.js",
                      "palette.js",
                      "parts.css",
                      "plot.js",
                      "queries.js",
                      "reasons.js",
                      "row.js",
                      "rules.js",
                      "session.js",
                      "sparkline.js",
                      "store.js",
                      "stream.js",
                      "table.css",
                      "table.js",
                      "theme.css",
                      "theme.js",
                      "tiles.js",
                      "timeline.js",
                      "toast.js",
                      "truth.js",
                      "uid.js",
                      "users.js",
                      "verdict.js")
                  .map(name -> Map.entry(name, "dashboard/" + name)),
              Stream.of("uPlot.iife.min.js", "uPlot.min.css")
                  .map(name -> Map.entry(name, CHARTS + name)))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  /** Read when they are first asked for: most daemons never are. */
  private final Map<String, StaticFile> read = new ConcurrentHashMap<>();

  /** Its files, as the browser knows them and as the class path does. */
  static Map<String, String> resources() {
    return RESOURCES;
  }

  Answer page(Call call) {
    return named(PAGE);
  }

  Answer file(Call call) {
    return named(call.path().getOrDefault("file", ""));
  }

  private StaticFile named(String name) {
    return Optional.ofNullable(RESOURCES.get(name))
        .map(resource -> read.computeIfAbsent(resource, StaticFile::of))
        .orElseThrow(
            () ->
                Refusal.of(
                    ProblemType.NO_SUCH_PATH,
                    "The dashboard has no file of this name; it is at /."));
  }
}
