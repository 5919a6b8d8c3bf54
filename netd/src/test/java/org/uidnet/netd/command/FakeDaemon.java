package org.uidnet.netd.command;

import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers requests on {@code api.sock} with what a test has prepared, and remembers them. */
final class FakeDaemon implements AutoCloseable {
  private final ServerSocketChannel server;
  private final Map<String, List<Reply>> replies = new LinkedHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private final List<String> bodies = new CopyOnWriteArrayList<>();

  /** {@code after}: not before somebody has asked for what begins like this. */
  private record Reply(int status, String body, String after) {}

  FakeDaemon(Path stateDir) throws IOException {
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(stateDir.resolve("api.sock")));
    reply("/v1/health", 200, "{'status':'ok','backend':'kernel','problems':[]}");
    Thread thread = new Thread(this::serve, "fake-daemon");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Answers requests whose target starts like this; of several answers each is given once, the last
   * one for ever.
   *
   * @param json with single quotes, for legibility
   */
  synchronized FakeDaemon reply(String target, int status, String json) {
    List<Reply> list = replies.computeIfAbsent(target, t -> new ArrayList<>());
    list.add(new Reply(status, json.replace('\'', '"'), ""));
    return this;
  }

  /** The same once another target was asked for. */
  synchronized FakeDaemon replyAfter(String other, String target, String json) {
    replies.put(target, List.of(new Reply(200, json.replace('\'', '"'), other)));
    return this;
  }

  /** Forgets the answers to this target first. */
  synchronized FakeDaemon replyInstead(String target, int status, String json) {
    replies.remove(target);
    return reply(target, status, json);
  }

  FakeDaemon refuse(String target, int status, String detail) {
    return reply(
        target,
        status,
        "{'type':'about:blank','title':'No','status':%d,'detail':'%s'}".formatted(status, detail));
  }

  /** Method and target of each request. */
  List<String> requests() {
    return requests;
  }

  /** What came with each request; empty where nothing did. */
  List<String> bodies() {
    return bodies;
  }

  private void serve() {
    try {
      while (true) {
        SocketChannel client = server.accept();
        Thread thread = new Thread(() -> answerAndClose(client), "fake-daemon-answer");
        thread.setDaemon(true);
        thread.start();
      }
    } catch (ClosedChannelException e) {
      // the test is over
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void answerAndClose(SocketChannel client) {
    try (client) {
      answer(client);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void answer(SocketChannel client) throws IOException {
    InputStream in = Channels.newInputStream(client);
    String request = line(in).replace(" HTTP/1.1", "");
    if (request.isEmpty()) {
      return; // somebody who only looks who listens
    }
    int length = 0;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.startsWith("Content-Length: ")) {
        length = Integer.parseInt(header.substring(16));
      }
    }
    bodies.add(new String(in.readNBytes(length), StandardCharsets.UTF_8));
    add(request);
    Reply reply = next(request.substring(request.indexOf(' ') + 1));
    await(reply.after());
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 %d X\r\nContent-Length: %d\r\n\r\n".formatted(reply.status(), body.length);
    client.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
    client.write(ByteBuffer.wrap(body));
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString().strip();
  }

  private synchronized void add(String request) {
    requests.add(request);
    notifyAll();
  }

  private synchronized void await(String target) {
    try {
      while (requests.stream().noneMatch(request -> request.contains(target))) {
        wait();
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private synchronized Reply next(String target) {
    for (Map.Entry<String, List<Reply>> entry : replies.entrySet()) {
      if (target.startsWith(entry.getKey())) {
        List<Reply> list = entry.getValue();
        return list.size() > 1 ? list.remove(0) : list.get(0);
      }
    }
    return new Reply(404, "{'status':404,'detail':'no such path'}".replace('\'', '"'), "");
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
