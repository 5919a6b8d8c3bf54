package org.uidnet.programs.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.uidnet.programs.AccountingMaps;
import org.uidnet.programs.Datapath;
import org.uidnet.programs.DatapathException;
import org.uidnet.programs.SlotId;
import org.uidnet.programs.SocketTag;
import org.uidnet.programs.Traffic;
import org.uidnet.programs.contract.Subject.Fate;
import org.uidnet.programs.contract.Subject.Sizes;
import org.uidnet.programs.contract.Subject.Wire;
import org.uidnet.programs.contract.TagSubject.Pair;
import org.uidnet.programs.layout.Layouts;

/**
 * Whom traffic is charged to: every byte is in exactly the row that Android's rules say (reference
 * section 1.3), and the firewall judges the owner. Where an implementation differs it overrides the
 * test and says why.
 */
@Timeout(120)
public abstract class TagContract extends OnSubject {
  private static final long UID = 10_123;
  private static final long OTHER = 10_124;
  private static final long CHARGED = 10_125;
  private static final long HIGH = 70_000;
  private static final long RESOLVER = 1051;
  private static final long TAG = 0xF00D;
  private static final long LARGEST_TAG = 0xffff_ffffL;

  private TagSubject subject;
  private Datapath datapath;
  private AccountingMaps maps;

  @Override
  protected abstract TagSubject open(Sizes sizes);

  @BeforeEach
  protected void openRoomy() {
    attach(ROOMY);
    subject = (TagSubject) subject();
    datapath = subject.datapath();
    maps = subject.accounting();
  }

  private Pair pair(long sender, long receiver) {
    return subject.open(Wire.FIRST, sender, receiver);
  }

  private int row(long uid) {
    return maps.makeRow(uid).orElseThrow();
  }

  /** As the daemon does it. */
  private void tag(int socket, long owner, long tag, long charged) {
    account(owner, Layouts.ACCOUNTS_TAGS);
    maps.setSocketTag(socket, tagOf(tag, charged));
  }

  private SocketTag tagOf(long tag, long charged) {
    return new SocketTag(tag, charged, maps.uids().generation(row(charged)));
  }

  private void account(long uid, int bit) {
    maps.uids().setAccounting(row(uid), maps.uids().accounting(row(uid)) | bit);
  }

  private static void pass(Pair pair, int payload) {
    assertThat(pair.send(payload)).isEqualTo(Fate.ARRIVED);
  }

  /** All that counted, by UID, tag and counter set. */
  private Map<SlotId, Traffic> counted() {
    Map<SlotId, Traffic> counted = new HashMap<>();
    live(datapath)
        .forEach(
            (id, counters) ->
                counted.merge(key(id.uid(), id.tag(), id.set()), counters.wire(), Traffic::plus));
    return counted;
  }

  private static SlotId key(long uid, long tag) {
    return key(uid, tag, Layouts.SET_DEFAULT);
  }

  private static SlotId key(long uid, long tag, int set) {
    return new SlotId(uid, tag, set, 0, 0);
  }

  // ---- where it is counted --------------------------------------------------------------------

  @Test
  protected void taggedSender_isCountedUnderItsTagAlone() {
    try (Pair pair = pair(UID, OTHER)) {
      tag(pair.sender(), UID, TAG, UID);
      pass(pair, 10);
    }
    assertThat(counted()).isEqualTo(Map.of(key(UID, TAG), sent(10), key(OTHER, 0), received(10)));
  }

  @Test
  protected void taggedReceiver_isCountedUnderItsTagAlone() {
    try (Pair pair = pair(UID, OTHER)) {
      tag(pair.receiver(), OTHER, TAG, OTHER);
      pass(pair, 10);
    }
    assertThat(counted()).isEqualTo(Map.of(key(UID, 0), sent(10), key(OTHER, TAG), received(10)));
  }

  @Test
  protected void bothEnds_haveTagsOfTheirOwn() {
    try (Pair pair = pair(UID, UID)) {
      tag(pair.sender(), UID, TAG, UID);
      tag(pair.receiver(), UID, LARGEST_TAG, UID);
      pass(pair, 10);
      pass(pair, 20);
    }
    assertThat(counted())
        .isEqualTo(
            Map.of(
                key(UID, TAG), sent(10).plus(sent(20)),
                key(UID, LARGEST_TAG), received(10).plus(received(20))));
  }

  @Test
  protected void untaggedSocket_ofAUidWithTaggedOnes_isCountedAsEver() {
    try (Pair tagged = pair(UID, OTHER)) {
      tag(tagged.sender(), UID, TAG, UID);
      pass(tagged, 10);
    }
    try (Pair plain = pair(UID, OTHER)) {
      pass(plain, 20);
    }
    assertThat(counted())
        .containsEntry(key(UID, TAG), sent(10))
        .containsEntry(key(UID, 0), sent(20));
  }

  @Test
  protected void retagged_inMidStream_formerBytesStay() {
    try (Pair pair = pair(UID, OTHER)) {
      pass(pair, 1);
      tag(pair.sender(), UID, TAG, UID);
      pass(pair, 20);
      tag(pair.sender(), UID, TAG + 1, UID);
      pass(pair, 300);
      tag(pair.sender(), UID, TAG, UID);
      pass(pair, 400);
      assertThat(maps.removeSocketTag(pair.sender())).isTrue();
      pass(pair, 500);
    }
    assertThat(counted())
        .containsEntry(key(UID, 0), sent(1).plus(sent(500)))
        .containsEntry(key(UID, TAG), sent(20).plus(sent(400)))
        .containsEntry(key(UID, TAG + 1), sent(300))
        .hasSize(4);
  }

  @Test
  protected void secondWire_isCountedApart() {
    try (Pair first = pair(UID, OTHER)) {
      tag(first.sender(), UID, TAG, UID);
      pass(first, 10);
    }
    try (Pair second = subject.open(Wire.SECOND, UID, OTHER)) {
      tag(second.sender(), UID, TAG, UID);
      pass(second, 20);
    }
    assertThat(live(datapath).keySet()).filteredOn(id -> id.tag() == TAG).hasSize(2);
    assertThat(counted()).containsEntry(key(UID, TAG), sent(10).plus(sent(20)));
  }

  /** All of them share a word of the row: each packet finds another's slot there. */
  @Test
  protected void tags_thatPushEachOtherOut_areCountedExactly() {
    int rounds = 50;
    Map<SlotId, Traffic> expected = new HashMap<>();
    try (Pair pair = pair(UID, OTHER)) {
      for (int i = 0; i < rounds * 4; i++) {
        long tag = TAG + 4L * (i % 4);
        tag(pair.sender(), UID, tag, UID);
        pass(pair, i);
        expected.merge(key(UID, tag), sent(i), Traffic::plus);
        expected.merge(key(OTHER, 0), received(i), Traffic::plus);
      }
    }
    assertThat(counted()).isEqualTo(expected);
  }

  /** What every packet of a UID without tags is spared. */
  @Test
  protected void owner_ofWhomNoTagsAreExpected_isNotAskedForThem() {
    try (Pair pair = pair(UID, OTHER)) {
      maps.setSocketTag(pair.sender(), tagOf(TAG, UID));
      pass(pair, 10);
      account(UID, Layouts.ACCOUNTS_TAGS);
      pass(pair, 20);
    }
    assertThat(counted())
        .containsEntry(key(UID, 0), sent(10))
        .containsEntry(key(UID, TAG), sent(20));
  }

  // ---- who pays -------------------------------------------------------------------------------

  @Test
  protected void chargedUid_pays_underItsOwnCounterSet() {
    maps.uids().setCounterSet(row(CHARGED), Layouts.SET_FOREGROUND);
    try (Pair pair = pair(UID, OTHER)) {
      tag(pair.sender(), UID, TAG, CHARGED);
      pass(pair, 10);
    }
    assertThat(counted())
        .isEqualTo(
            Map.of(
                key(CHARGED, TAG, Layouts.SET_FOREGROUND), sent(10), key(OTHER, 0), received(10)));
    assertThat(maps.uids().liveSlots((int) UID)).isZero();
    assertThat(maps.uids().liveSlots((int) CHARGED)).isEqualTo(1);
  }

  @Test
  protected void chargedUid_withoutATag_paysUntagged() {
    try (Pair pair = pair(UID, OTHER)) {
      tag(pair.sender(), UID, 0, CHARGED);
      pass(pair, 10);
    }
    assertThat(counted()).containsEntry(key(CHARGED, 0), sent(10)).hasSize(2);
  }

  @Test
  protected void highUids_payAndOwnLikeOthers() {
    try (Pair pair = pair(HIGH, UID)) {
      tag(pair.sender(), HIGH, TAG, HIGH + 1);
      tag(pair.receiver(), UID, TAG, HIGH);
      pass(pair, 10);
    }
    assertThat(counted())
        .isEqualTo(Map.of(key(HIGH + 1, TAG), sent(10), key(HIGH, TAG), received(10)));
  }

  @Test
  protected void removedUid_itsTagsAreVoid() {
    try (Pair own = pair(UID, OTHER)) {
      tag(own.sender(), UID, TAG, UID);
      tag(own.receiver(), OTHER, TAG, CHARGED);
      pass(own, 10);
      maps.uids().nextGeneration(row(UID));
      maps.uids().nextGeneration(row(CHARGED));
      pass(own, 20);
      tag(own.sender(), UID, TAG, UID);
      pass(own, 300);
    }
    assertThat(counted())
        .isEqualTo(
            Map.of(
                key(UID, TAG), sent(10).plus(sent(300)),
                key(CHARGED, TAG), received(10),
                key(UID, 0), sent(20),
                key(OTHER, 0), received(20).plus(received(300))));
  }

  // ---- rules judge the owner ------------------------------------------------------------------

  @Test
  protected void chargedUid_blocked_doesNotBlockTheOwner() {
    maps.uids().setRules(row(CHARGED), Layouts.CHAIN_STANDBY);
    maps.control().setEnabledChains(Layouts.CHAIN_STANDBY);
    try (Pair pair = pair(UID, OTHER)) {
      tag(pair.sender(), UID, TAG, CHARGED);
      pass(pair, 10);
    }
    assertThat(counted()).containsEntry(key(CHARGED, TAG), sent(10));
  }

  @Test
  protected void owner_blocked_isRefusedWhoeverPays_andNobodyIsCharged() {
    maps.uids().setRules(row(UID), Layouts.CHAIN_STANDBY);
    maps.control().setEnabledChains(Layouts.CHAIN_STANDBY);
    try (Pair pair = pair(UID, OTHER)) {
      tag(pair.sender(), UID, TAG, CHARGED);
      assertThat(pair.send(10)).isEqualTo(Fate.REFUSED);
    }
    assertThat(counted()).isEmpty();
  }

  @Test
  protected void droppedIngress_isChargedLikeWhatArrives() {
    maps.uids().setRules(row(OTHER), Layouts.CHAIN_STANDBY);
    maps.control().setEnabledChains(Layouts.CHAIN_STANDBY);
    try (Pair pair = pair(UID, OTHER)) {
      tag(pair.receiver(), OTHER, TAG, CHARGED);
      assertThat(pair.send(10)).isEqualTo(Fate.LOST);
    }
    assertThat(counted()).isEqualTo(Map.of(key(UID, 0), sent(10), key(CHARGED, TAG), received(10)));
  }

  // ---- Android's two exceptions ---------------------------------------------------------------

  @Test
  protected void translator_paysForWhatItReceivesOnly() {
    account(CHARGED, Layouts.ACCOUNTS_TRANSLATION);
    try (Pair pair = pair(CHARGED, CHARGED)) {
      pass(pair, 10);
    }
    assertThat(counted()).isEqualTo(Map.of(key(CHARGED, 0), received(10)));
  }

  @Test
  protected void senderChargedToATranslator_isNotCounted() {
    account(CHARGED, Layouts.ACCOUNTS_TRANSLATION);
    try (Pair pair = pair(UID, OTHER)) {
      tag(pair.sender(), UID, TAG, CHARGED);
      pass(pair, 10);
    }
    assertThat(counted()).isEqualTo(Map.of(key(OTHER, 0), received(10)));
  }

  @Test
  protected void question_chargedToTheResolver_isTheOwners() {
    account(RESOLVER, Layouts.ACCOUNTS_DNS);
    try (Pair pair = pair(UID, OTHER)) {
      tag(pair.sender(), UID, Layouts.TAG_SYSTEM_DNS, RESOLVER);
      tag(pair.receiver(), OTHER, Layouts.TAG_SYSTEM_DNS, RESOLVER);
      pass(pair, 10);
    }
    assertThat(counted())
        .isEqualTo(
            Map.of(
                key(UID, Layouts.TAG_SYSTEM_DNS), sent(10),
                key(OTHER, Layouts.TAG_SYSTEM_DNS), received(10)));
  }

  @Test
  protected void otherTag_chargedToTheResolver_isTheResolvers() {
    account(RESOLVER, Layouts.ACCOUNTS_DNS);
    try (Pair pair = pair(UID, OTHER)) {
      tag(pair.sender(), UID, TAG, RESOLVER);
      tag(pair.receiver(), OTHER, Layouts.TAG_SYSTEM_DNS, CHARGED);
      pass(pair, 10);
    }
    assertThat(counted())
        .isEqualTo(
            Map.of(
                key(RESOLVER, TAG), sent(10),
                key(CHARGED, Layouts.TAG_SYSTEM_DNS), received(10)));
  }

  // ---- calls ----------------------------------------------------------------------------------

  @Test
  protected void socketTag_isReadAsWritten() {
    try (Pair pair = pair(UID, OTHER)) {
      assertThat(maps.socketTag(pair.sender())).isEmpty();
      SocketTag tag = new SocketTag(LARGEST_TAG, 4_294_967_294L, -1);
      maps.setSocketTag(pair.sender(), tag);
      assertThat(maps.socketTag(pair.sender())).contains(tag);
      assertThat(maps.socketTag(pair.receiver())).isEmpty();
    }
  }

  @Test
  protected void removeSocketTag_twice_knowsItOnce() {
    try (Pair pair = pair(UID, OTHER)) {
      maps.setSocketTag(pair.sender(), tagOf(TAG, UID));
      assertThat(maps.removeSocketTag(pair.sender())).isTrue();
      assertThat(maps.removeSocketTag(pair.sender())).isFalse();
      assertThat(maps.socketTag(pair.sender())).isEmpty();
    }
  }

  @Test
  protected void recordedOwner_whereTheKernelShowsIt_isNotRecorded() {
    try (Pair pair = pair(UID, OTHER)) {
      assertThat(maps.recordedOwner(pair.sender())).isEmpty();
    }
  }

  @Test
  protected void closedDescriptor_isRefused() {
    int closed = 1_000_000;
    for (Runnable call :
        List.<Runnable>of(
            () -> maps.setSocketTag(closed, tagOf(TAG, UID)), () -> maps.removeSocketTag(closed))) {
      assertThatThrownBy(call::run).isInstanceOf(DatapathException.class);
    }
  }

  // ---- stories --------------------------------------------------------------------------------

  @Test
  protected void anyStory_chargesEveryByteToItsKey() {
    Story story = new Story();
    story.tell(60);
    assertThat(counted()).as(story.toString()).isEqualTo(story.expected);
  }

  /** Sockets that are tagged and used at random, and what is to be counted after that. */
  private final class Story {
    private static final int STEPS_OF_A_PAIR = 8;
    private static final long[] UIDS = {0, UID, OTHER, HIGH};
    private static final long[] TAGS = {0, 1, 5, LARGEST_TAG};

    final Map<SlotId, Traffic> expected = new HashMap<>();
    private final Map<Long, Integer> sets = new HashMap<>();
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    private Story() {
      System.out.println(this);
    }

    void tell(int pairs) {
      for (int i = 0; i < pairs; i++) {
        long sender = any(UIDS);
        long receiver = any(UIDS);
        try (Pair pair = pair(sender, receiver)) {
          Optional<SocketTag> ofSender = Optional.empty();
          Optional<SocketTag> ofReceiver = Optional.empty();
          for (int step = 0; step < STEPS_OF_A_PAIR; step++) {
            ofSender = retag(pair.sender(), sender, ofSender);
            ofReceiver = retag(pair.receiver(), receiver, ofReceiver);
            flip();
            int payload = random.nextInt(2000);
            pass(pair, payload);
            expected.merge(payer(sender, ofSender), sent(payload), Traffic::plus);
            expected.merge(payer(receiver, ofReceiver), received(payload), Traffic::plus);
          }
        }
      }
    }

    /** The tag that it has then. */
    private Optional<SocketTag> retag(int socket, long owner, Optional<SocketTag> before) {
      int dice = random.nextInt(4);
      if (dice == 0) {
        maps.removeSocketTag(socket);
        return Optional.empty();
      }
      if (dice > 1) {
        return before;
      }
      SocketTag tag = tagOf(any(TAGS), any(UIDS));
      tag(socket, owner, tag.tag(), tag.uid());
      return Optional.of(tag);
    }

    private void flip() {
      long uid = any(UIDS);
      int set = random.nextInt(2);
      sets.put(uid, set);
      maps.uids().setCounterSet(row(uid), set);
    }

    private SlotId payer(long owner, Optional<SocketTag> tag) {
      long uid = tag.map(SocketTag::uid).orElse(owner);
      return key(uid, tag.map(SocketTag::tag).orElse(0L), sets.getOrDefault(uid, 0));
    }

    private long any(long[] of) {
      return of[random.nextInt(of.length)];
    }

    @Override
    public String toString() {
      return "story of seed " + seed;
    }
  }
}
