package org.uidnet.programs.object;

import java.util.Arrays;

/** Where a program can be attached, with the kernel's numbers. */
enum Hook {
  INGRESS("cgroup_skb/ingress", 8, 0),
  EGRESS("cgroup_skb/egress", 8, 1),
  SOCKET_CREATE("cgroup/sock_create", 9, 2),
  BIND_4("cgroup/bind4", 18, 8),
  BIND_6("cgroup/bind6", 18, 9),
  CONNECT_4("cgroup/connect4", 18, 10),
  CONNECT_6("cgroup/connect6", 18, 11);

  private final String section;
  private final int programType;
  private final int attachType;

  Hook(String section, int programType, int attachType) {
    this.section = section;
    this.programType = programType;
    this.attachType = attachType;
  }

  static Hook of(String section) {
    return Arrays.stream(values())
        .filter(hook -> hook.section.equals(section))
        .findFirst()
        .orElseThrow(
            () -> new ObjectFormatException("section " + section, "the name of a known hook"));
  }

  int programType() {
    return programType;
  }

  int attachType() {
    return attachType;
  }
}
