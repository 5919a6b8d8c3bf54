package org.uidnet.netd.tags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.uidnet.api.SocketTags.Asker;
import org.uidnet.api.SocketTags.Tag;
import org.uidnet.api.model.TaggedSocket;
import org.uidnet.programs.ErrnoException;
import org.uidnet.programs.MapsDatapath;
import org.uidnet.programs.OpenSocket;
import org.uidnet.programs.SlotId;
import org.uidnet.programs.SocketName;
import org.uidnet.programs.SocketTag;
import org.uidnet.programs.Sockets;
import org.uidnet.programs.layout.Layouts;
import org.uidnet.programs.object.Limits;
import org.uidnet.programs.object.ProgramObject;
import org.uidnet.simulator.kernel.SimulatedKernel;
import org.uidnet.simulator.kernel.Skb;
import org.uidnet.simulator.kernel.Socket;
import org.uidnet.simulator.kernel.UserNamespace;

/** What is written where, and in which order it is refused; over the maps of a simulated kernel. */
class TaggingTest {
  private static final long UID = 10_123;
  private static final long OTHER = 10_124;
  private static final long HIGH = 70_000;
  private static final long CLAT = 1029;
  private static final Asker USER = new Asker(UID, false);
  private static final Asker ROOT = new Asker(0, true);
  private static final SocketName NAME = new SocketName.OfProcess(7, 3);
  private static final int SLOTS = 10;
  private static final int TCP = 6;

  private final SimulatedKernel kernel =
      SimulatedKernel.boot(
          ProgramObject.load(),
          new Limits(SLOTS, 8, 2, 1, true),
          new UUID(1, 1),
          Instant.EPOCH.plusSeconds(1),
          () -> 1);
  private final MapsDatapath maps = kernel.datapath();
  private final List<OptionalLong> askers = new ArrayList<>();

  private final Tagging tagging = tagging(new TagConfig(2, 50, Set.of(), Set.of(CLAT)));
  private HeldSocket socket = socket(UID, Socket.AF_INET, TCP);
  private int closed;

  private Tagging tagging(TagConfig config) {
    return tagging(
        config,
        (name, asker) -> {
          askers.add(asker);
          return socket;
        });
  }

  private Tagging tagging(TagConfig config, Sockets sockets) {
    return new Tagging(maps, maps.slotKeys(), sockets, config, uid -> uid == 0);
  }

  private HeldSocket socket(long uid, int family, int protocol) {
    return held(kernel.socket(uid, kernel.host(), family, 1, protocol), family, protocol);
  }

  private HeldSocket held(Socket made, int family, int protocol) {
    return new HeldSocket(
        kernel.descriptor(made),
        family,
        protocol,
        made.uid(),
        made.namespace().cookie(),
        made.cookie(),
        () -> closed++);
  }

  private Optional<SocketTag> written() {
    return maps.socketTag(socket.descriptor());
  }

  private boolean expectsTags(long uid) {
    return (maps.uids().accounting(maps.rowOf(uid).orElseThrow()) & Layouts.ACCOUNTS_TAGS) != 0;
  }

  private static Tag tag(long tag) {
    return new Tag(tag, Optional.empty());
  }

  private static Tag charging(long uid) {
    return new Tag(1, Optional.of(uid));
  }

  private String errno(Asker asker, Tag tag) {
    var refusal = catchThrowableOfType(ErrnoException.class, () -> tagging.tag(asker, NAME, tag));
    return refusal == null ? "0" : refusal.errno();
  }

  @Test
  void tag_ofOnesOwnSocket_isWritten() {
    assertThat(tagging.tag(USER, NAME, tag(0xF00D)))
        .isEqualTo(
            new TaggedSocket(
                true, true, socket.cookie(), UID, Optional.of(0xF00DL), Optional.of(UID)));
    assertThat(written()).contains(new SocketTag(0xF00D, UID, 0));
    assertThat(expectsTags(UID)).isTrue();
    assertThat(expectsTags(OTHER)).isFalse();
    assertThat(closed).isEqualTo(1);
  }

  @Test
  void forget_voidsTagsThatChargeTheUid_andKnowsNoneOfItsSockets() {
    tagging.tag(ROOT, NAME, charging(OTHER));
    tagging.forget(OTHER);
    assertThat(maps.uids().generation((int) OTHER)).isEqualTo(1);
    assertThat(written()).contains(new SocketTag(1, OTHER, 0)); // void by its generation
    assertThat(expectsTags(UID)).isTrue();

    tagging.forget(UID);
    assertThat(expectsTags(UID)).isFalse();
    tagging.forget(HIGH);
    assertThat(maps.rowOf(HIGH)).as("row").isEmpty();
  }

  @Test
  void forget_leavesWhatAUidIsByConfiguration() {
    Tagging configured = tagging(new TagConfig(2, 50, Set.of(UID), Set.of(CLAT)));
    configured.tag(USER, NAME, tag(1));
    configured.forget(UID);
    assertThat(maps.uids().accounting((int) UID)).isEqualTo(Layouts.ACCOUNTS_DNS);
  }

  @Test
  void tag_again_isNoChange() {
    tagging.tag(USER, NAME, tag(1));

    assertThat(tagging.tag(USER, NAME, tag(1)).changed()).isFalse();
    assertThat(tagging.tag(USER, NAME, tag(2)).changed()).isTrue();
  }

  @Test
  void tag_carriesTheGenerationOfWhoPays() {
    maps.uids().nextGeneration((int) OTHER);

    tagging.tag(ROOT, NAME, charging(OTHER));

    assertThat(written()).contains(new SocketTag(1, OTHER, 1));
  }

  /** Who may tag others' sockets need not say whom they charge. */
  @Test
  void tag_byRoot_isChargedToTheOwner() {
    assertThat(tagging.tag(ROOT, NAME, tag(1)).chargeUid()).contains(UID);
  }

  @Test
  void untag_takesItOff_andKnowsItOnce() {
    tagging.tag(USER, NAME, tag(1));

    assertThat(tagging.untag(USER, NAME))
        .isEqualTo(
            new TaggedSocket(
                false, true, socket.cookie(), UID, Optional.empty(), Optional.empty()));
    assertThat(tagging.untag(USER, NAME).changed()).isFalse();
    assertThat(written()).isEmpty();
    assertThat(closed).isEqualTo(3);
  }

  @Test
  void othersSocket_isNeitherTaggedNorUntagged() {
    socket = socket(OTHER, Socket.AF_INET, TCP);
    tagging.tag(ROOT, NAME, tag(1));

    assertThat(errno(USER, tag(2))).isEqualTo("EPERM");
    assertThat(catchThrowableOfType(ErrnoException.class, () -> tagging.untag(USER, NAME)).errno())
        .isEqualTo("EPERM");
    assertThat(written()).contains(new SocketTag(1, OTHER, 0));
    assertThat(closed).isEqualTo(3);
  }

  /** Users are kept from other UIDs' processes before anything is told of their sockets. */
  @Test
  void users_mayLookIntoTheirOwnProcessesOnly() {
    tagging.tag(USER, NAME, tag(1));
    tagging.untag(ROOT, NAME);

    assertThat(askers).containsExactly(OptionalLong.of(UID), OptionalLong.empty());
  }

  @Test
  void refusals_comeInAndroidsOrder() {
    maps.control().setAttachedAt(0);
    socket = socket(OTHER, 1, 1);
    fill();
    assertThat(errno(USER, charging(CLAT))).isEqualTo("EPERM");
    assertThat(askers).as("asked for a socket").isEmpty();
    maps.control().setAttachedAt(1);
    assertThat(errno(USER, charging(CLAT))).isEqualTo("EPERM");
    assertThat(errno(ROOT, charging(CLAT))).isEqualTo("EPERM");
    assertThat(askers).as("asked for a socket").isEmpty();
    assertThat(errno(USER, tag(1))).as("another's").isEqualTo("EPERM");
    assertThat(errno(ROOT, tag(1))).isEqualTo("EAFNOSUPPORT");
    socket = socket(OTHER, Socket.AF_INET6, 1);
    assertThat(errno(ROOT, tag(1))).isEqualTo("EPROTONOSUPPORT");
    socket = socket(OTHER, Socket.AF_INET6, TCP);
    assertThat(errno(ROOT, tag(1))).isEqualTo("EMFILE");
    assertThat(written()).isEmpty();
  }

  /** Not named, but charged all the same: the owner. */
  @Test
  void socketOfATranslator_isNotTagged() {
    socket = socket(CLAT, Socket.AF_INET, TCP);

    assertThat(errno(ROOT, tag(1))).isEqualTo("EPERM");
  }

  /** Six keys of ten slots. */
  private void fill() {
    for (long uid = 100; uid < 106; uid++) {
      send(uid);
    }
  }

  private void send(long uid) {
    send(kernel.socket(uid, kernel.host(), Socket.AF_INET, 2, 17));
  }

  private void send(Socket sender) {
    kernel.egress(new Skb().from(sender).on(1).carrying(Skb.IPV4, new byte[28], 28), 0);
  }

  @Test
  void slots_moreThanTheirPartInUse_isEmfile() {
    for (long uid = 100; uid < 105; uid++) {
      send(uid);
      assertThat(errno(USER, tag(1))).isEqualTo("0");
    }
    send(105);
    assertThat(errno(USER, tag(1))).isEqualTo("EMFILE");
    assertThat(catchThrowableOfType(ErrnoException.class, () -> tagging.tag(USER, NAME, tag(1))))
        .hasMessage(
            "More than 50 % of all slots are in use; try again when idle ones were given back.");
  }

  @Test
  void keysOfThePayer_moreThanItMay_isEmfileForItAlone() {
    for (int set = 0; set < 3; set++) {
      maps.uids().setCounterSet((int) OTHER, set);
      assertThat(errno(ROOT, charging(OTHER))).isEqualTo("0");
      send(OTHER);
    }
    assertThat(errno(ROOT, charging(OTHER))).isEqualTo("EMFILE");
    assertThat(errno(ROOT, charging(UID))).isEqualTo("0");
  }

  @Test
  void noRowLeft_isE2big() {
    assertThat(errno(ROOT, charging(HIGH))).isEqualTo("0");
    assertThat(errno(ROOT, charging(HIGH + 1))).isEqualTo("0");

    var refusal =
        catchThrowableOfType(
            ErrnoException.class, () -> tagging.tag(ROOT, NAME, charging(HIGH + 2)));

    assertThat(refusal.errno()).isEqualTo("E2BIG");
    assertThat(refusal)
        .hasMessageStartingWith("There is no row left for UID 70002, so what is tagged for it");
    assertThat(written()).contains(new SocketTag(1, HIGH + 1, 0));
  }

  @Test
  void socketThatIsClosedMeanwhile_isEio() {
    kernel.closeDescriptor(socket.descriptor());

    assertThat(errno(USER, tag(1))).isEqualTo("EIO");
    assertThat(closed).isEqualTo(1);
  }

  // ---- foreign user namespaces ----------------------------------------------------------------

  @Test
  void socketOfAForeignNamespace_recorded_tagsAreExpectedOfTheRecordedUid() {
    var foreign = kernel.namespace(UserNamespace.ofRoot(UID));
    Socket made = kernel.socket(UID, foreign, Socket.AF_INET, 1, TCP);
    HeldSocket held = held(made, Socket.AF_INET, TCP);
    socket = new HeldSocket(held.descriptor(), 2, TCP, OTHER, foreign.cookie(), 9, () -> {});

    tagging.tag(ROOT, NAME, tag(1));

    assertThat(expectsTags(UID)).as("recorded").isTrue();
    assertThat(expectsTags(OTHER)).as("owner").isTrue();
    assertThat(maps.rowOf(SlotId.UID_FOREIGN)).isEmpty();
  }

  /** Nobody saw who made it: programs take it for one of no UID, and ask that one's row. */
  @Test
  void socketOfAForeignNamespace_older_isChargedAsTagged() {
    var foreign = kernel.namespace(UserNamespace.ofRoot(UID));
    Socket made = kernel.olderSocket(UID, foreign, Socket.AF_INET, 1, TCP);
    socket = held(made, Socket.AF_INET, TCP);

    tagging.tag(USER, NAME, tag(0xF00D));
    send(made);

    assertThat(expectsTags(UID)).isTrue();
    assertThat(expectsTags(SlotId.UID_FOREIGN)).isTrue();
    assertThat(maps.slotKeys().id(1)).isEqualTo(new SlotId(UID, 0xF00D, 0, 1, foreign.cookie()));
  }

  // ---- configuration --------------------------------------------------------------------------

  private int bits(long uid) {
    return maps.uids().accounting(maps.rowOf(uid).orElseThrow());
  }

  @Test
  void configuration_isWrittenAtTheStart_andTakenFromOthers() {
    tagging.tag(USER, NAME, tag(1));
    tagging(new TagConfig(500, 90, Set.of(UID, HIGH), Set.of(OTHER)));
    assertThat(bits(UID)).isEqualTo(Layouts.ACCOUNTS_DNS | Layouts.ACCOUNTS_TAGS);
    assertThat(bits(HIGH)).isEqualTo(Layouts.ACCOUNTS_DNS);
    assertThat(bits(OTHER)).isEqualTo(Layouts.ACCOUNTS_TRANSLATION);
    assertThat(bits(CLAT)).isZero();

    tagging(TagConfig.DEFAULT);
    assertThat(bits(UID)).isEqualTo(Layouts.ACCOUNTS_TAGS);
    assertThat(bits(HIGH)).isZero();
    assertThat(bits(OTHER)).isZero();
  }

  // ---- clients that let us wait ---------------------------------------------------------------

  @Test
  void uid_thatKeepsUsBusy_isRefused_andNobodyElse() throws InterruptedException {
    CountDownLatch entered = new CountDownLatch(4);
    CountDownLatch leave = new CountDownLatch(1);
    Tagging waiting = tagging(TagConfig.DEFAULT, (name, asker) -> await(entered, leave, asker));
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Thread thread = new Thread(() -> catchThrowable(() -> waiting.untag(USER, NAME)));
      thread.start();
      threads.add(thread);
    }
    entered.await();

    var refusal = catchThrowableOfType(ErrnoException.class, () -> waiting.untag(USER, NAME));
    assertThat(refusal.errno()).isEqualTo("EAGAIN");
    assertThat(waiting.untag(ROOT, NAME).owner()).isEqualTo(UID);

    leave.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(catchThrowableOfType(ErrnoException.class, () -> waiting.untag(USER, NAME)).errno())
        .as("asked again")
        .isEqualTo("ESRCH");
  }

  /** Root's is there. */
  private OpenSocket await(CountDownLatch entered, CountDownLatch leave, OptionalLong asker) {
    if (asker.isEmpty()) {
      return socket;
    }
    entered.countDown();
    try {
      leave.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    throw new ErrnoException("ESRCH", "gone");
  }
}
