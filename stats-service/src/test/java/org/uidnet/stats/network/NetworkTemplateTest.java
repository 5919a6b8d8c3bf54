package org.uidnet.stats.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.uidnet.programs.Traffic;

class NetworkTemplateTest {
  private static final String IMSI_1 = "310004";
  private static final String IMSI_2 = "310260";
  private static final NetworkIdentity WIFI = NetworkIdentity.of(NetworkType.WIFI);

  private static NetworkIdentity mobile(String subscriber, int radio) {
    return new NetworkIdentity(
        NetworkType.MOBILE,
        radio,
        Optional.of(subscriber),
        Optional.empty(),
        false,
        true,
        true,
        0,
        1);
  }

  private static NetworkIdentity keyed(NetworkType type, String key) {
    return new NetworkIdentity(
        type, -1, Optional.empty(), Optional.of(key), false, false, true, 0, -1);
  }

  private static NetworkTemplate named(NetworkType type, String... names) {
    return NetworkTemplate.of(type).withNames(patterns(names));
  }

  private static List<NamePattern> patterns(String... names) {
    return Stream.of(names).map(NamePattern::exactly).toList();
  }

  private static NetworkTemplate of(RadioGroup radio) {
    return NetworkTemplate.of(NetworkType.MOBILE).withRadios(Set.of(radio));
  }

  /** What the networks of a template used together. */
  private static Traffic total(NetworkTemplate template, Map<NetworkIdentity, Traffic> used) {
    return used.entrySet().stream()
        .filter(entry -> template.matches(NetworkIdentitySet.of(entry.getKey())))
        .map(Map.Entry::getValue)
        .reduce(Traffic.NONE, Traffic::plus);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1, 7, 9, 16, 17, 18, 99})
  void matches_ofAType_takesNetworksOfItOnly(int type) {
    for (int other = -1; other < 100; other++) {
      assertThat(
              NetworkTemplate.of(new NetworkType(type))
                  .matches(NetworkIdentity.of(new NetworkType(other))))
          .isEqualTo(other == type);
    }
  }

  @Test
  void matches_ofExactNames_leavesOutOtherAndUnknownOnes() {
    NetworkTemplate home = named(NetworkType.WIFI, "home", "garden");
    assertThat(home.matches(keyed(NetworkType.WIFI, "home"))).isTrue();
    assertThat(home.matches(keyed(NetworkType.WIFI, "work"))).isFalse();
    assertThat(home.matches(WIFI)).isFalse();
    assertThat(NetworkTemplate.of(NetworkType.WIFI).matches(WIFI)).isTrue();
  }

  @Test
  void matches_ofNamesWithoutType_isThatOfACarrier() {
    NetworkTemplate carrier = NetworkTemplate.ANY.withNames(patterns(IMSI_1, IMSI_2));
    NetworkIdentity carrierWifi =
        new NetworkIdentity(
            NetworkType.WIFI, -1, Optional.of(IMSI_2), Optional.empty(), false, true, true, 0, 1);
    assertThat(carrier.matches(mobile(IMSI_1, 13))).isTrue();
    assertThat(carrier.matches(carrierWifi)).isTrue();
    assertThat(carrier.matches(mobile("other", 13))).isFalse();
    assertThat(carrier.matches(WIFI)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void matches_ofStates_takesThemOrAny(boolean wanted, boolean found) {
    NetworkIdentity network =
        new NetworkIdentity(
            NetworkType.WIFI, -1, Optional.empty(), Optional.empty(), found, found, found, 0, -1);
    Optional<Boolean> state = Optional.of(wanted);
    assertThat(NetworkTemplate.ANY.withMetered(state).matches(network)).isEqualTo(wanted == found);
    assertThat(NetworkTemplate.ANY.withRoaming(state).matches(network)).isEqualTo(wanted == found);
    assertThat(NetworkTemplate.ANY.withDefaultNetwork(state).matches(network))
        .isEqualTo(wanted == found);
    assertThat(NetworkTemplate.ANY.matches(network)).isTrue();
  }

  /** So that metered and unmetered traffic add up to all. */
  @Test
  void matches_ofStates_looksAtTheWholeSet() {
    NetworkIdentitySet both = NetworkIdentitySet.of(WIFI, mobile(IMSI_1, 13));
    assertThat(NetworkTemplate.ANY.withMetered(Optional.of(true)).matches(both)).isTrue();
    assertThat(NetworkTemplate.ANY.withMetered(Optional.of(false)).matches(both)).isFalse();
    assertThat(NetworkTemplate.ANY.matches(NetworkIdentitySet.of())).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "Home, Home, true",
    "Home, home, false",
    "Home, Home2, false",
    "Cafe*, Cafe, true",
    "Cafe*, Cafe Central, true",
    "Cafe*, The Cafe, false",
    "*Cafe*l, The Cafe Central, true",
    "*Cafe*l, The Cafe Centrals, false",
    "a*b*c, abcbd, false",
    "a*b*c, abcbdc, true",
    "*, anything, true",
    "5\\*, 5*, true",
    "5\\*, 5star, false",
    "a\\\\b, a\\b, true",
    "a\\, a\\, true",
    "a.c, abc, false",
  })
  void pattern_takesAnyTextForAStar(String pattern, String name, boolean matches) {
    assertThat(new NamePattern(pattern).matches(name)).isEqualTo(matches);
    assertThat(NamePattern.exactly(name).matches(name)).isTrue();
  }

  @Test
  void pattern_ofManyStars_isSoonDone() {
    NamePattern pattern = new NamePattern("*a".repeat(100));
    assertThat(pattern.matches("a".repeat(99) + "b".repeat(900))).isFalse();
    assertThat(pattern.matches("ab".repeat(500) + "a")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"wlan, wifi", "wwan, mobile", "loopback, none", "wireguard, vpn", "veth, ethernet"})
  void type_ofAKindOfInterface_isEthernetUnlessItTellsOtherwise(String kind, String type) {
    assertThat(NetworkType.ofKind(kind).label()).isEqualTo(type);
    assertThat(NetworkType.named(type)).contains(NetworkType.ofKind(kind));
  }

  @Test
  void type_withoutAName_hasItsNumber() {
    assertThat(NetworkType.named("type-13")).contains(new NetworkType(13));
    assertThat(new NetworkType(13).label()).isEqualTo("type-13");
    assertThat(NetworkType.named("type-x")).isEmpty();
  }

  /** One interface may have several identities: any of them will do. */
  @Test
  void matches_ofASet_takesAnyOfItsNetworks() {
    NetworkIdentitySet both = NetworkIdentitySet.of(WIFI, mobile(IMSI_1, 13));
    assertThat(NetworkTemplate.of(NetworkType.WIFI).matches(both)).isTrue();
    assertThat(NetworkTemplate.of(NetworkType.MOBILE).matches(both)).isTrue();
    assertThat(NetworkTemplate.of(NetworkType.ETHERNET).matches(both)).isFalse();
    assertThat(NetworkTemplate.of(NetworkType.WIFI).matches(NetworkIdentitySet.of())).isFalse();
  }

  @Test
  void set_isMeteredIfAnyIs_andDefaultIfAllAre() {
    NetworkIdentitySet both = NetworkIdentitySet.of(WIFI, mobile(IMSI_1, 13));
    assertThat(both.isMetered()).isTrue();
    assertThat(both.isRoaming()).isFalse();
    assertThat(both.isDefaultNetwork()).isFalse();
    assertThat(NetworkIdentitySet.of(mobile(IMSI_1, 13)).isDefaultNetwork()).isTrue();
    assertThat(NetworkIdentitySet.of().isDefaultNetwork()).isTrue();
    assertThat(NetworkIdentitySet.of().isMetered()).isFalse();
  }

  @Test
  void case43_subscribers_areToldApart() {
    Map<NetworkIdentity, Traffic> used =
        Map.of(
            mobile(IMSI_1, 13), new Traffic(2048, 16, 512, 4),
            mobile(IMSI_2, 13), new Traffic(128, 1, 1024, 8));
    assertThat(total(named(NetworkType.MOBILE, IMSI_1), used))
        .isEqualTo(new Traffic(2048, 16, 512, 4));
    assertThat(total(named(NetworkType.MOBILE, IMSI_2), used))
        .isEqualTo(new Traffic(128, 1, 1024, 8));
  }

  @Test
  void case47_allNetworksOfATransport_areMerged() {
    Map<NetworkIdentity, Traffic> used =
        Map.of(
            keyed(NetworkType.WIFI, "one"), new Traffic(1024, 8, 512, 4),
            keyed(NetworkType.WIFI, "two"), new Traffic(1, 2, 3, 4),
            mobile(IMSI_1, 13), new Traffic(9, 9, 9, 9));
    assertThat(total(NetworkTemplate.of(NetworkType.WIFI), used))
        .isEqualTo(new Traffic(1025, 10, 515, 8));
  }

  @Test
  void case53_radioTechnologies_areGrouped_andUnknownIsAGroupOfItsOwn() {
    Map<NetworkIdentity, Traffic> used =
        Map.of(
            mobile(IMSI_1, 3), new Traffic(12, 18, 14, 1),
            mobile(IMSI_1, 10), new Traffic(6, 4, 2, 3),
            mobile(IMSI_1, 0), new Traffic(35, 29, 7, 11),
            mobile(IMSI_1, -1), new Traffic(4, 4, 3, 1));
    assertThat(total(of(RadioGroup.UMTS), used)).isEqualTo(new Traffic(18, 22, 16, 4));
    assertThat(total(of(RadioGroup.UNKNOWN), used)).isEqualTo(new Traffic(39, 33, 10, 12));
    assertThat(total(of(RadioGroup.LTE), used)).isEqualTo(Traffic.NONE);
    assertThat(total(NetworkTemplate.of(NetworkType.MOBILE), used))
        .isEqualTo(new Traffic(57, 55, 26, 16));
  }

  @ParameterizedTest
  @CsvSource({"2, GSM", "7, GSM", "3, UMTS", "15, UMTS", "13, LTE", "18, LTE", "20, NR"})
  void radioGroup_isThatOfAndroid(int radio, RadioGroup group) {
    assertThat(RadioGroup.of(radio)).isEqualTo(group);
    assertThat(RadioGroup.of(-2)).isEqualTo(RadioGroup.NR_NON_STANDALONE);
    assertThat(RadioGroup.of(99)).isEqualTo(RadioGroup.UNKNOWN);
  }

  @Test
  void case56_testNetworks_areFoundTogetherAndByKey() {
    Map<NetworkIdentity, Traffic> used =
        Map.of(
            keyed(NetworkType.TEST, "test1"), new Traffic(12, 18, 14, 1),
            keyed(NetworkType.TEST, "test2"), new Traffic(7, 3, 5, 1));
    assertThat(total(NetworkTemplate.of(NetworkType.TEST), used))
        .isEqualTo(new Traffic(19, 21, 19, 2));
    assertThat(total(named(NetworkType.TEST, "test1"), used)).isEqualTo(new Traffic(12, 18, 14, 1));
    assertThat(named(NetworkType.TEST, "test1").matches(NetworkIdentity.of(NetworkType.TEST)))
        .isFalse();
  }
}
