package org.uidnet.netd.tags;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uidnet.api.PeerCredentials;
import org.uidnet.api.SocketFile;
import org.uidnet.api.TagLines;
import org.uidnet.netd.sys.SysException;

/**
 * Serves {@code tag.sock}, where processes pass sockets to be tagged. Each connection has a thread:
 * closing what was passed may take as long as its owner likes (a socket that lingers, a file of
 * FUSE), and must hold up nobody else.
 */
public final class TagServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TagServer.class);

  static final int CONNECTIONS_PER_UID = 8;
  private static final int MOST_CONNECTIONS = 64;
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final long NOBODY = -1;
  private static final long REST_SECONDS = 30;
  private static final long END_SECONDS = 5;
  private static final long AFTER_FAILURE_NANOS = 100_000_000;

  private final Path file;
  private final ServerSocketChannel listener;
  private final TagLines lines;
  private final PeerCredentials peers;
  private final Duration idle;
  private final Allowance allowance = new Allowance(CONNECTIONS_PER_UID);
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads =
      new ThreadPoolExecutor(
          0,
          MOST_CONNECTIONS,
          REST_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          work -> thread(work, "uidnet-tag"));

  private TagServer(
      Path file,
      ServerSocketChannel listener,
      TagLines lines,
      PeerCredentials peers,
      Duration idle) {
    this.file = file;
    this.listener = listener;
    this.lines = lines;
    this.peers = peers;
    this.idle = idle;
  }

  /** Listens on a socket that every user may connect to. */
  public static TagServer start(Path file, TagLines lines, PeerCredentials peers)
      throws IOException {
    return start(file, lines, peers, IDLE);
  }

  /**
   * @param idle how long a connection may say nothing
   */
  static TagServer start(Path file, TagLines lines, PeerCredentials peers, Duration idle)
      throws IOException {
    SocketFile.makeWayFor(file);
    ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      listener.bind(UnixDomainSocketAddress.of(file));
      SocketFile.openToAll(file);
    } catch (IOException | RuntimeException e) {
      listener.close();
      throw e;
    }
    TagServer server = new TagServer(file, listener, lines, peers, idle);
    thread(server::acceptAll, "uidnet-tags").start();
    return server;
  }

  private static Thread thread(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  private void acceptAll() {
    while (listener.isOpen()) {
      try {
        accepted(listener.accept());
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        LOG.warn("no connection to {} can be accepted: {}", file, e.getMessage());
        LockSupport.parkNanos(AFTER_FAILURE_NANOS);
      }
    }
  }

  private void accepted(SocketChannel channel) throws IOException {
    OptionalLong peer = peers.uid(channel);
    long key = peer.orElse(NOBODY);
    if (!allowance.tryTake(key)) {
      refuse(channel, "This UID has too many connections to tag.sock; close some.");
      return;
    }
    try {
      threads.execute(() -> serve(channel, peer, key));
    } catch (RejectedExecutionException e) {
      allowance.giveBack(key);
      refuse(channel, "There are too many connections to tag.sock; try again in a moment.");
    }
  }

  /** A connection that is new has room for a line. */
  private void refuse(SocketChannel channel, String detail) throws IOException {
    try (channel) {
      TagConnection.write(channel, lines.refusal("EAGAIN", detail));
    }
  }

  private void serve(SocketChannel channel, OptionalLong peer, long key) {
    open.add(channel);
    try (channel) {
      if (listener.isOpen()) {
        new TagConnection(channel, peer, lines).serve(idle);
      }
    } catch (IOException | SysException e) {
      LOG.debug("a connection to {} has ended: {}", file, e.getMessage());
    } finally {
      open.remove(channel);
      allowance.giveBack(key);
    }
  }

  /** Answers what was asked, listens no more, and removes the file. */
  @Override
  public void close() {
    try {
      listener.close();
      for (SocketChannel channel : open) {
        endOfInput(channel);
      }
      threads.shutdown();
      if (!threads.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("a client of {} holds up the closing of its own socket; left to it", file);
      }
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("{} was not closed cleanly", file, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Its thread, which waits in a call that Java knows nothing of, ends by it. */
  private static void endOfInput(SocketChannel channel) {
    try {
      channel.shutdownInput();
    } catch (IOException e) {
      LOG.debug("a connection has ended by itself", e);
    }
  }
}
