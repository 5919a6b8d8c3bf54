package org.uidnet.api;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Pages that somebody opened: codes that wait to be exchanged, and the sessions that became of
 * them. Only in memory, and by their hashes: they end with the daemon. Thread-safe.
 */
final class Sessions {
  /** Somebody is waiting for the page to open. */
  static final Duration CODE_TIME = Duration.ofSeconds(90);

  /** Without a request and without an open stream. */
  static final Duration IDLE_TIME = Duration.ofHours(1);

  static final Duration LONGEST_TIME = Duration.ofHours(12);

  /** Of one UID, waiting or open; its oldest gives way. */
  static final int MOST_PER_UID = 8;

  /** Of all ordinary users together, so that they never keep admins out. */
  static final int MOST_OF_USERS = 128;

  private final LongSupplier nanoTime;
  private final Clock clock;

  /** Guarded by the lock, as all below; the oldest first. */
  private final List<Grant> codes = new ArrayList<>();

  private final List<Grant> sessions = new ArrayList<>();
  private long lastId;

  /**
   * @param clock the real one, also where the host is simulated: pages are real
   */
  Sessions(LongSupplier nanoTime, Clock clock) {
    this.nanoTime = nanoTime;
    this.clock = clock;
  }

  /** What somebody is given: the only time that the secret is told. */
  record Issued(String secret, long uid, Caller.Role role, Instant expiresAt) {}

  /**
   * A code or a session.
   *
   * @param end by {@code nanoTime}
   * @param idleEnd likewise; moves on with each use
   */
  private record Grant(long id, String hash, long uid, Caller.Role role, long end, long idleEnd) {
    boolean isOver(long now) {
      return now - end >= 0 || now - idleEnd >= 0;
    }

    Grant usedAt(long now) {
      return new Grant(id, hash, uid, role, end, now + IDLE_TIME.toNanos());
    }

    Caller caller() {
      return Caller.session(id, uid, role);
    }
  }

  /**
   * A code that opens one session.
   *
   * @throws Refusal 429 if users have too many
   */
  synchronized Issued newCode(long uid, Caller.Role role) {
    return issue(codes, uid, role, CODE_TIME);
  }

  /** The session that a code opens; empty if there is no such code, or no longer. */
  synchronized Optional<Issued> open(String code) {
    Optional<Grant> waiting = find(codes, code);
    waiting.ifPresent(codes::remove);
    return waiting.map(grant -> issue(sessions, grant.uid(), grant.role(), LONGEST_TIME));
  }

  /** Who has the session with this token; it is used by that. */
  synchronized Optional<Caller> caller(String token) {
    Optional<Grant> session = find(sessions, token);
    session.ifPresent(this::use);
    return session.map(Grant::caller);
  }

  /** Whether the session is still open; it is used by that. */
  synchronized boolean isOpen(long id) {
    dropEnded(sessions);
    Optional<Grant> session = byId(id);
    session.ifPresent(this::use);
    return session.isPresent();
  }

  /** False if it has ended already. */
  synchronized boolean end(long id) {
    dropEnded(sessions);
    return sessions.removeIf(session -> session.id() == id);
  }

  private Optional<Grant> byId(long id) {
    return sessions.stream().filter(session -> session.id() == id).findFirst();
  }

  private void use(Grant session) {
    sessions.set(sessions.indexOf(session), session.usedAt(nanoTime.getAsLong()));
  }

  private Issued issue(List<Grant> all, long uid, Caller.Role role, Duration time) {
    dropEnded(all);
    makeRoom(all, uid, role);
    String secret = Secret.random();
    long now = nanoTime.getAsLong();
    long end = now + time.toNanos();
    all.add(new Grant(++lastId, Secret.hash(secret), uid, role, end, now + IDLE_TIME.toNanos()));
    Instant expiresAt = clock.instant().plus(time).truncatedTo(ChronoUnit.MILLIS);
    return new Issued(secret, uid, role, expiresAt);
  }

  private static void makeRoom(List<Grant> all, long uid, Caller.Role role) {
    List<Grant> own = all.stream().filter(grant -> grant.uid() == uid).toList();
    if (own.size() >= MOST_PER_UID) {
      all.remove(own.get(0));
    } else if (role == Caller.Role.USER && ofUsers(all) >= MOST_OF_USERS) {
      throw Refusal.of(
          ProblemType.TOO_MANY,
          "The server has as many open pages of users as it takes; try again later.");
    }
  }

  private static long ofUsers(List<Grant> all) {
    return all.stream().filter(grant -> grant.role() == Caller.Role.USER).count();
  }

  /** Looks at all of them, so that the time taken says nothing of any. */
  private Optional<Grant> find(List<Grant> all, String secret) {
    dropEnded(all);
    String hash = Secret.hash(secret);
    List<Grant> found = all.stream().filter(grant -> Secret.equal(grant.hash(), hash)).toList();
    return found.stream().findFirst();
  }

  private void dropEnded(List<Grant> all) {
    long now = nanoTime.getAsLong();
    all.removeIf(grant -> grant.isOver(now));
  }
}
