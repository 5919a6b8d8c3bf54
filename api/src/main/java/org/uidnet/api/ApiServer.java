package org.uidnet.api;

import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server, on a unix socket and, if configured, on a loopback address. Thread-safe. */
public final class ApiServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
  private static final int MAX_THREADS = 24;
  private static final int MIN_THREADS = 2;
  private static final int IDLE_MILLIS = 30_000;

  private final ApiConfig config;
  private final Server server;
  private final Gate gate;
  private final UnixPeers peers;
  private final Patience patience;
  private final Streams streams;
  private final HostEvents events;

  private ApiServer(ApiConfig config, Services services, AdminToken token) {
    this.config = config;
    Limits limits = config.limits();
    peers =
        new UnixPeers(
            services.peers(),
            limits.connectionsPerUid(),
            uid -> Gate.isAdmin(uid, config.admins()));
    Attempts attempts = new Attempts(System::nanoTime, LOG::warn);
    Sessions sessions = new Sessions(System::nanoTime, Clock.systemUTC());
    Bearers bearers = new Bearers(token, services.firewall(), sessions);
    gate =
        new Gate(
            config.admins(),
            peers,
            bearers,
            new RateLimiter(limits.requestsPerSecond(), limits.burst(), System::nanoTime),
            attempts);
    streams = new Streams(limits, System::nanoTime);
    streams.eachSecond(() -> streams.endUnless(bearers::isGood));
    events = HostEvents.of(services);
    var pages = new SessionEndpoints(sessions, services.firewall(), this::http, attempts);
    server = new Server(threads());
    patience = new Patience(server::getScheduler, limits.requestTime());
    server.setErrorHandler(new ProblemErrorHandler());
    server.setHandler(
        new ApiHandler(
            gate,
            new Router(Routes.of(services, streams, events, pages)),
            services.clock(),
            patience,
            new Places(limits.atOnce(), MAX_THREADS / 2),
            limits));
  }

  /**
   * Listens.
   *
   * @throws CannotListenException if another daemon has the socket or another program the port
   */
  public static ApiServer start(ApiConfig config, Services services) throws IOException {
    SocketFile.makeWayFor(config.socket());
    var server = new ApiServer(config, services, AdminToken.loadOrCreate(config.tokenFile()));
    try {
      server.listen();
      return server;
    } catch (IOException | RuntimeException e) {
      server.closeAfter(e);
      throw e;
    }
  }

  /** Where TCP is served, with the port that was chosen. */
  public Optional<HostPort> http() {
    for (Connector connector : server.getConnectors()) {
      if (connector instanceof ServerConnector tcp) {
        return config.http().map(http -> new HostPort(http.host(), tcp.getLocalPort()));
      }
    }
    return Optional.empty();
  }

  /** Stops listening and removes the socket's file. */
  @Override
  public void close() throws IOException {
    events.close();
    streams.close();
    try {
      server.stop();
    } catch (Exception e) {
      throw new IOException("the HTTP server did not stop cleanly", e);
    }
  }

  private void listen() throws IOException {
    if (config.http().isPresent()) {
      listenTcp(config.http().get());
    }
    server.addConnector(unixConnector());
    startServer();
    SocketFile.openToAll(config.socket());
  }

  /** Binds before the start, so that the port is known before the first request comes. */
  private void listenTcp(HostPort http) throws IOException {
    var tcp = new ServerConnector(server, 1, 1, http11());
    tcp.setHost(http.address().getAddress().getHostAddress());
    tcp.setPort(http.port());
    tcp.setIdleTimeout(IDLE_MILLIS);
    tcp.addBean(patience);
    open(tcp, http);
    server.addConnector(tcp);
    server.addBean(new NetworkConnectionLimit(config.limits().tcpConnections(), tcp));
    gate.answerTo(hosts(http.host(), tcp.getLocalPort()));
  }

  private static void open(ServerConnector tcp, HostPort http) throws CannotListenException {
    try {
      tcp.open();
    } catch (IOException e) {
      throw new CannotListenException(
          "cannot listen on %s: %s. If another program uses that port, choose another with --http 127.0.0.1:PORT"
              .formatted(http, reason(e)),
          e);
    }
  }

  private static String reason(Throwable e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return String.valueOf(cause.getMessage());
  }

  private UnixDomainServerConnector unixConnector() {
    var unix = new UnixDomainServerConnector(server, 1, 1, http11());
    unix.setUnixDomainPath(config.socket());
    unix.setIdleTimeout(IDLE_MILLIS);
    unix.addBean(peers);
    unix.addBean(patience);
    return unix;
  }

  private void startServer() throws IOException {
    try {
      server.start();
    } catch (Exception e) {
      throw new CannotListenException("cannot listen on " + config.socket() + ": " + reason(e), e);
    }
  }

  /** The values of Host that mean us: the address as configured, and localhost. */
  private static Set<String> hosts(String host, int port) {
    Set<String> hosts = new LinkedHashSet<>();
    hosts.add(new HostPort(host, port).toString());
    hosts.add("localhost:" + port);
    return hosts;
  }

  private static HttpConnectionFactory http11() {
    var http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setIdleTimeout(IDLE_MILLIS);
    // Interfaces of other namespaces have names such as netns:7/eth0:
    // /v1/interfaces/netns:7%2Feth0.
    http.setUriCompliance(UriCompliance.DEFAULT.with("uidnet", Violation.AMBIGUOUS_PATH_SEPARATOR));
    return new HttpConnectionFactory(http);
  }

  private static QueuedThreadPool threads() {
    var threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
    threads.setName("uidnet-http");
    threads.setDaemon(true);
    threads.setReservedThreads(1);
    return threads;
  }

  private void closeAfter(Exception failure) {
    try {
      close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
