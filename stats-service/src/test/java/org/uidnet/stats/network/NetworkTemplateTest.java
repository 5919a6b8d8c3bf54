package org.uidnet.stats.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.network.NetworkTemplate.Match;

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

  private static NetworkTemplate of(Match match, Set<String> subscribers, Set<String> keys) {
    NetworkTemplate all = NetworkTemplate.all(Match.WIFI);
    return new NetworkTemplate(
        match,
        subscribers,
        keys,
        all.metered(),
        all.roaming(),
        all.defaultNetwork(),
        all.radio(),
        all.oemManaged());
  }

  private static NetworkTemplate of(RadioGroup radio) {
    return new NetworkTemplate(
        Match.MOBILE,
        Set.of(),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(radio),
        Optional.empty());
  }

  /** What the networks of a template used together. */
  private static Traffic total(NetworkTemplate template, Map<NetworkIdentity, Traffic> used) {
    return used.entrySet().stream()
        .filter(entry -> template.matches(NetworkIdentitySet.of(entry.getKey())))
        .map(Map.Entry::getValue)
        .reduce(Traffic.NONE, Traffic::plus);
  }

  @ParameterizedTest
  @CsvSource({"MOBILE, 0", "WIFI, 1", "ETHERNET, 9", "BLUETOOTH, 7", "PROXY, 16", "TEST, 18"})
  void matches_ofAKind_takesNetworksOfItsTypeOnly(Match match, int type) {
    for (int other = -1; other < 20; other++) {
      assertThat(NetworkTemplate.all(match).matches(NetworkIdentity.of(new NetworkType(other))))
          .isEqualTo(other == type);
    }
  }

  @Test
  void matches_ofExactKeys_leavesOutOtherAndUnknownKeys() {
    NetworkTemplate home = of(Match.WIFI, Set.of(), Set.of("home", "garden"));
    assertThat(home.matches(keyed(NetworkType.WIFI, "home"))).isTrue();
    assertThat(home.matches(keyed(NetworkType.WIFI, "work"))).isFalse();
    assertThat(home.matches(WIFI)).isFalse();
    assertThat(NetworkTemplate.all(Match.WIFI).matches(WIFI)).isTrue();
  }

  @Test
  void matches_ofACarrier_takesAllTypesOfItsSubscribers() {
    NetworkTemplate carrier = of(Match.CARRIER, Set.of(IMSI_1, IMSI_2), Set.of());
    NetworkIdentity carrierWifi =
        new NetworkIdentity(
            NetworkType.WIFI, -1, Optional.of(IMSI_2), Optional.empty(), false, true, true, 0, 1);
    assertThat(carrier.matches(mobile(IMSI_1, 13))).isTrue();
    assertThat(carrier.matches(carrierWifi)).isTrue();
    assertThat(carrier.matches(mobile("other", 13))).isFalse();
    assertThat(carrier.matches(WIFI)).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NetworkTemplate.all(Match.CARRIER))
        .withMessage("a template of a carrier needs its subscribers");
  }

  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void matches_ofStates_takesThemOrAny(boolean wanted, boolean found) {
    NetworkIdentity network =
        new NetworkIdentity(
            NetworkType.WIFI,
            -1,
            Optional.empty(),
            Optional.empty(),
            found,
            found,
            found,
            found ? 1 : 0,
            -1);
    for (int part = 0; part < 4; part++) {
      assertThat(onlyWith(part, wanted).matches(network)).isEqualTo(wanted == found);
    }
    assertThat(NetworkTemplate.all(Match.WIFI).matches(network)).isTrue();
  }

  private static NetworkTemplate onlyWith(int part, boolean wanted) {
    List<Optional<Boolean>> parts =
        IntStream.range(0, 4)
            .mapToObj(i -> i == part ? Optional.of(wanted) : Optional.<Boolean>empty())
            .toList();
    return new NetworkTemplate(
        Match.WIFI,
        Set.of(),
        Set.of(),
        parts.get(0),
        parts.get(1),
        parts.get(2),
        Optional.empty(),
        parts.get(3));
  }

  /** One interface may have several identities: any of them will do. */
  @Test
  void matches_ofASet_takesAnyOfItsNetworks() {
    NetworkIdentitySet both = NetworkIdentitySet.of(WIFI, mobile(IMSI_1, 13));
    assertThat(NetworkTemplate.all(Match.WIFI).matches(both)).isTrue();
    assertThat(NetworkTemplate.all(Match.MOBILE).matches(both)).isTrue();
    assertThat(NetworkTemplate.all(Match.ETHERNET).matches(both)).isFalse();
    assertThat(NetworkTemplate.all(Match.WIFI).matches(NetworkIdentitySet.of())).isFalse();
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
    assertThat(total(of(Match.MOBILE, Set.of(IMSI_1), Set.of()), used))
        .isEqualTo(new Traffic(2048, 16, 512, 4));
    assertThat(total(of(Match.MOBILE, Set.of(IMSI_2), Set.of()), used))
        .isEqualTo(new Traffic(128, 1, 1024, 8));
  }

  @Test
  void case47_allNetworksOfATransport_areMerged() {
    Map<NetworkIdentity, Traffic> used =
        Map.of(
            keyed(NetworkType.WIFI, "one"), new Traffic(1024, 8, 512, 4),
            keyed(NetworkType.WIFI, "two"), new Traffic(1, 2, 3, 4),
            mobile(IMSI_1, 13), new Traffic(9, 9, 9, 9));
    assertThat(total(NetworkTemplate.all(Match.WIFI), used))
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
    assertThat(total(NetworkTemplate.all(Match.MOBILE), used))
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
    assertThat(total(NetworkTemplate.all(Match.TEST), used)).isEqualTo(new Traffic(19, 21, 19, 2));
    assertThat(total(of(Match.TEST, Set.of(), Set.of("test1")), used))
        .isEqualTo(new Traffic(12, 18, 14, 1));
    assertThat(
            of(Match.TEST, Set.of(), Set.of("test1")).matches(NetworkIdentity.of(NetworkType.TEST)))
        .isFalse();
  }
}
