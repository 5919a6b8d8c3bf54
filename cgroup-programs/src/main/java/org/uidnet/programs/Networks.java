package org.uidnet.programs;

import java.util.List;

/** The interfaces of this host and of the other network namespaces on it. */
public interface Networks {
  /**
   * Every interface that can be reached now, with its counters at this moment.
   *
   * @throws DatapathException when the host's own cannot be read
   */
  List<Interface> interfaces();

  /**
   * One network interface.
   *
   * @param netns cookie of its network namespace
   * @param host whether that namespace is the daemon's own
   * @param ifindex index within the namespace
   * @param name name within the namespace; untrusted text
   * @param kind {@code loopback}, {@code veth}, {@code wlan}, {@code physical}, ... as the kernel
   *     names it
   * @param linkHeader bytes of link header that the device counts with each packet
   * @param view how the device counts a packet that is segmented below or above it
   * @param counters the device's own, link headers included
   */
  record Interface(
      long netns,
      boolean host,
      int ifindex,
      String name,
      String kind,
      int linkHeader,
      View view,
      Traffic counters) {

    /** Its name as it is shown: {@code wlan0}, {@code netns:4026/eth0}. */
    public String label() {
      return host ? name : label(netns, name);
    }

    /** The same for an interface of another namespace than the host's. */
    public static String label(long netns, String name) {
      return "netns:" + Long.toUnsignedString(netns) + "/" + name;
    }

    /** The device's counters from the network header on, comparable with what the hooks count. */
    public Traffic networkBytes() {
      return new Traffic(
          counters.rxBytes() - linkHeader * counters.rxPackets(),
          counters.rxPackets(),
          counters.txBytes() - linkHeader * counters.txPackets(),
          counters.txPackets());
    }
  }

  /** What a device counts for a packet of many segments. */
  enum View {
    /** Every segment with its own headers. */
    WIRE,
    /** One packet, as the stack handed it over (virtual devices with segmentation offload). */
    DEVICE;

    public Traffic of(Counters counters) {
      return this == WIRE ? counters.wire() : counters.device();
    }
  }
}
