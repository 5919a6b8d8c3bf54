package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.uidnet.api.InterfaceNames.Name;
import org.uidnet.programs.DatapathException;
import org.uidnet.programs.Networks;
import org.uidnet.programs.Traffic;

class InterfaceNamesTest {
  private final List<Networks.Interface> links =
      new ArrayList<>(List.of(link(7, true, 2, "eth0"), link(9, false, 2, "eth0")));
  private long nanos;
  private int looks;
  private boolean broken;
  private final InterfaceNames names = new InterfaceNames(this::look, () -> nanos);

  private List<Networks.Interface> look() {
    looks++;
    if (broken) {
      throw new DatapathException("for the test");
    }
    return links;
  }

  private static Networks.Interface link(long netns, boolean host, int ifindex, String name) {
    return new Networks.Interface(
        netns, host, ifindex, name, "veth", 14, Networks.View.WIRE, Traffic.NONE);
  }

  @Test
  void names_areThoseOfTheirNamespaces() {
    assertThat(names.of(7, 2)).isEqualTo(new Name("eth0", Optional.empty()));
    assertThat(names.of(9, 2)).isEqualTo(new Name("netns:9/eth0", Optional.of(9L)));
    assertThat(looks).isEqualTo(1);
  }

  @Test
  void unknownInterface_isLookedForOnceASecond() {
    assertThat(names.of(7, 3)).isEqualTo(new Name("if3", Optional.empty()));
    assertThat(names.of(8, 3)).isEqualTo(new Name("netns:8/if3", Optional.of(8L)));
    links.add(link(7, true, 3, "wlan0"));
    assertThat(names.of(7, 3).text()).isEqualTo("if3");
    assertThat(looks).isEqualTo(1);

    nanos += 1_000_000_000;

    assertThat(names.of(7, 3).text()).isEqualTo("wlan0");
    assertThat(looks).isEqualTo(2);
  }

  @Test
  void names_areAskedForAgainAfterAWhile() {
    names.of(7, 2);
    links.set(0, link(7, true, 2, "lan"));
    nanos += 9_999_999_999L;
    assertThat(names.of(7, 2).text()).isEqualTo("eth0");

    nanos += 1;

    assertThat(names.of(7, 2).text()).isEqualTo("lan");
  }

  @Test
  void interfacesThatCannotBeRead_haveNumbers() {
    broken = true;

    assertThat(names.of(7, 2).text()).isEqualTo("netns:7/if2");
  }
}
