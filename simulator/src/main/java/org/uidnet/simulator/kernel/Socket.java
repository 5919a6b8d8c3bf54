package org.uidnet.simulator.kernel;

import java.util.HashMap;
import java.util.Map;
import org.uidnet.simulator.maps.SocketStorageMap;

/** A full socket, as the hooks see it. Made by {@link SimulatedKernel#socket}. */
public final class Socket implements SocketStorageMap.Holder {
  /** Address families, {@code linux/socket.h}. */
  public static final int AF_INET = 2;

  public static final int AF_INET6 = 10;

  private final long uid;
  private final NetworkNamespace namespace;
  private final int family;
  private final int type;
  private final int protocol;
  private final long cookie;
  private final Map<SocketStorageMap, Integer> storage = new HashMap<>(0);
  private int boundInterface;

  Socket(long uid, NetworkNamespace namespace, int family, int type, int protocol, long cookie) {
    this.uid = uid;
    this.namespace = namespace;
    this.family = family;
    this.type = type;
    this.protocol = protocol;
    this.cookie = cookie;
  }

  /** Of the initial user namespace. */
  public long uid() {
    return uid;
  }

  public NetworkNamespace namespace() {
    return namespace;
  }

  /** Names it for as long as the kernel runs. */
  public long cookie() {
    return cookie;
  }

  /** Its packets take this interface only ({@code SO_BINDTODEVICE}); 0: any. */
  public void bindTo(int ifindex) {
    boundInterface = ifindex;
  }

  int boundInterface() {
    return boundInterface;
  }

  int family() {
    return family;
  }

  int type() {
    return type;
  }

  int protocol() {
    return protocol;
  }

  @Override
  public Map<SocketStorageMap, Integer> storage() {
    return storage;
  }
}
