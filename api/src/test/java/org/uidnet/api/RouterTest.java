package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouterTest {
  private final Router router =
      new Router(
          List.of(
              route("GET", "/v1/uids/{uid}"),
              route("PUT", "/v1/uids/{uid}"),
              route("GET", "/v1/uids"),
              route("PUT", "/v1/uids/process-states"),
              route("PUT", "/v1/firewall/chains/{chain}/uids/{uid}"),
              route("PUT", "/v1/firewall/chains/{chain}/uids"),
              route("GET", "/")));

  @Test
  void find_readsVariables() {
    var match = router.find("PUT", "/v1/firewall/chains/night/uids/7");

    assertThat(match.route().path()).isEqualTo("/v1/firewall/chains/{chain}/uids/{uid}");
    assertThat(match.path()).containsEntry("chain", "night").containsEntry("uid", "7");
  }

  @Test
  void find_decodesVariables() {
    assertThat(router.find("GET", "/v1/uids/a%20%3Fb+c").path()).containsEntry("uid", "a ?b+c");
  }

  @Test
  void find_prefersWordsToVariables() {
    assertThat(router.find("PUT", "/v1/uids/process-states").route().path())
        .isEqualTo("/v1/uids/process-states");
    assertThat(router.find("GET", "/v1/uids/7").path()).containsEntry("uid", "7");
    assertThat(router.find("GET", "/").route().path()).isEqualTo("/");
  }

  @Test
  void find_answersHeadAsGet() {
    assertThat(router.find("HEAD", "/v1/uids").route().method()).isEqualTo("GET");
  }

  @Test
  void find_matchesWholePathsOnly() {
    for (String path : List.of("/v1", "/v1/uids/", "/v1/uids/7/x", "/V1/uids", "//v1/uids")) {
      assertThatThrownBy(() -> router.find("GET", path))
          .hasMessage("There is nothing at " + path + ".");
    }
  }

  private static Route route(String method, String path) {
    return new Route(method, path, Access.ADMIN, Set.of(), Body.Type.JSON, call -> null);
  }
}
