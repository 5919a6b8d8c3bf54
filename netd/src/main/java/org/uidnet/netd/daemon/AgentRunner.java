package org.uidnet.netd.daemon;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs an agent on a thread of its own until it is closed. A round that fails does not end it, also
 * when memory ran out in it, or a class could not be read for want of a descriptor: the next may
 * find some.
 */
final class AgentRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AgentRunner.class);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  private final Agent agent;
  private final Thread thread;
  private final CountDownLatch closed = new CountDownLatch(1);

  private AgentRunner(String name, Agent agent) {
    this.agent = agent;
    thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  static AgentRunner start(String name, Agent agent) {
    AgentRunner runner = new AgentRunner(name, agent);
    runner.thread.start();
    return runner;
  }

  private void run() {
    try {
      while (!closed.await(round().toNanos(), TimeUnit.NANOSECONDS)) {
        // the wait is the pause between rounds
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration round() {
    try {
      return agent.round();
    } catch (RuntimeException | VirtualMachineError | LinkageError e) {
      LOG.error("{}: a round failed, the next comes in {}", thread.getName(), AFTER_FAILURE, e);
      return AFTER_FAILURE;
    }
  }

  /** Waits for the round under way, at most ten seconds; an agent that ends itself does not. */
  @Override
  public void close() {
    closed.countDown();
    if (thread == Thread.currentThread()) {
      return;
    }
    try {
      thread.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
