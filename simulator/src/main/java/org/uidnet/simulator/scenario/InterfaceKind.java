package org.uidnet.simulator.scenario;

import org.uidnet.programs.Networks.View;

/** What an interface is, and so how its device counts. */
public enum InterfaceKind {
  LOOPBACK("loopback", 14, 65_535, View.DEVICE),
  ETHERNET("physical", 14, 1500, View.WIRE),
  WIFI("wlan", 14, 1500, View.WIRE),
  /** A modem: packets without any link header. */
  MOBILE("rmnet", 0, 1430, View.WIRE),
  VETH("veth", 14, 1500, View.DEVICE),
  TUN("tun", 0, 1400, View.DEVICE);

  private final String kernelName;
  private final int linkHeader;
  private final int mtu;
  private final View view;

  InterfaceKind(String kernelName, int linkHeader, int mtu, View view) {
    this.kernelName = kernelName;
    this.linkHeader = linkHeader;
    this.mtu = mtu;
    this.view = view;
  }

  /** The kind as the kernel names it. */
  public String kernelName() {
    return kernelName;
  }

  /** Bytes that the device counts with each packet. */
  public int linkHeader() {
    return linkHeader;
  }

  public int mtu() {
    return mtu;
  }

  public View view() {
    return view;
  }

  /** Whether strangers can reach it: such a one sees packets that belong to no socket. */
  public boolean facesOutside() {
    return view == View.WIRE;
  }
}
