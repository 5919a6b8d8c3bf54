package org.uidnet.netd.dbus;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.uidnet.api.model.DaemonStatus;

/**
 * Listens to services of the host. Whether bus and services are there, come and go, or talk
 * nonsense: it only means that less is known.
 *
 * <p>One thread does the rounds, any may ask for the status.
 */
public final class HostInputs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HostInputs.class);

  /** No signal tells of some changes, as that of logind's lid. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

  /** Signals come in bursts. */
  private static final Duration BETWEEN_ROUNDS = Duration.ofMillis(100);

  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LAST_RETRY = Duration.ofMinutes(1);

  private final InputConfig config;
  private final List<Informant> informants;
  private final Semaphore news = new Semaphore(0);

  /** Of the thread that does the rounds, and then of who closes. */
  private Optional<Bus> bus = Optional.empty();

  private Duration retry = FIRST_RETRY;
  private volatile boolean ending;

  /**
   * Nobody is asked before the first round.
   *
   * @param lastWords the file that holds what was said to earlier daemons
   */
  public HostInputs(InputConfig config, Path lastWords, HostListener listener) {
    this.config = config;
    LastWords words = LastWords.in(lastWords);
    informants =
        config.services().stream()
            .map(service -> source(service, listener))
            .map(source -> new Informant(source, config.demanded(), words, listener))
            .toList();
  }

  private Source source(HostService service, HostListener listener) {
    return switch (service) {
      case UPOWER -> new Upower(config.batterySaverAt());
      case LOGIND -> new Logind(listener);
      case NETWORKMANAGER -> new NetworkManager();
    };
  }

  /** Looks once, then waits until there may be news; answers how long to wait more. */
  public Duration round() {
    news.drainPermits();
    awaitNews(look());
    return BETWEEN_ROUNDS;
  }

  /** Answers how long to wait for news. */
  private Duration look() {
    forgetLostBus();
    if (bus.isEmpty() && !connect()) {
      Duration wait = retry;
      retry = longer(retry);
      return wait;
    }
    retry = FIRST_RETRY;
    bus.ifPresent(there -> informants.forEach(informant -> informant.look(there)));
    return LOOK_AGAIN;
  }

  private static Duration longer(Duration wait) {
    Duration twice = wait.multipliedBy(2);
    return twice.compareTo(LAST_RETRY) < 0 ? twice : LAST_RETRY;
  }

  /** The library cleans up by itself; to close it would be to wait for that. */
  private void forgetLostBus() {
    bus = bus.filter(Bus::isConnected);
  }

  private boolean connect() {
    try {
      Bus fresh = Bus.connect(config.bus(), news::release);
      bus = Optional.of(fresh);
      informants.forEach(informant -> informant.listenOn(fresh));
      return true;
    } catch (BusException e) {
      close();
      isOutOfReach(String.valueOf(e.getMessage()));
      return false;
    }
  }

  /** Logged at the first of many attempts. */
  private void isOutOfReach(String why) {
    if (retry.equals(FIRST_RETRY)) {
      LOG.atLevel(config.demanded() ? Level.WARN : Level.INFO)
          .log("{}; what {} told last holds, and it is tried again", why, config.services());
    }
    informants.forEach(informant -> informant.isOutOfReach(why));
  }

  private void awaitNews(Duration most) {
    try {
      if (!ending) {
        news.tryAcquire(most.toNanos(), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** In the order of {@link HostService}. */
  public List<DaemonStatus.Input> status() {
    return informants.stream().map(Informant::status).toList();
  }

  /** No round waits for news any more. */
  public void end() {
    ending = true;
    news.release();
  }

  /** To be called when no round is under way. */
  @Override
  public void close() {
    bus.ifPresent(Bus::close);
    bus = Optional.empty();
  }
}
