package org.uidnet.netd.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The kernel and the system, one fact a line. */
public final class HostFacts {
  private static final String LINE = "%-34s %s";

  private static final List<String> FILES =
      List.of(
          "/proc/sys/kernel/osrelease",
          "/proc/sys/kernel/version",
          "/proc/sys/kernel/arch",
          "/proc/uptime",
          "/proc/loadavg",
          "/sys/devices/system/cpu/online",
          "/sys/devices/system/clocksource/clocksource0/current_clocksource",
          "/sys/kernel/security/lsm",
          "/sys/kernel/security/lockdown",
          "/proc/sys/kernel/unprivileged_bpf_disabled",
          "/proc/sys/kernel/bpf_stats_enabled",
          "/proc/sys/net/core/bpf_jit_enable",
          "/proc/sys/net/core/bpf_jit_harden",
          "/proc/sys/net/core/bpf_jit_limit",
          "/proc/self/cgroup");

  private static final String BTF = "/sys/kernel/btf/vmlinux";
  private static final List<String> MEMORY = List.of("MemTotal:", "MemAvailable:", "SwapTotal:");
  private static final List<String> SYSTEM = List.of("PRETTY_NAME=", "VERSION_ID=", "ID=");

  private HostFacts() {}

  /** All of them, and of each that cannot be read why. */
  public static String of(HostRoot host) {
    Stream<String> files = FILES.stream().map(file -> LINE.formatted(file, host.line(file)));
    return Stream.of(
            starting(host, "/etc/os-release", SYSTEM),
            starting(host, "/proc/meminfo", MEMORY),
            files,
            Stream.of(LINE.formatted(BTF, size(host, BTF))),
            mounts(host))
        .flatMap(lines -> lines)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static Stream<String> starting(HostRoot host, String file, List<String> words) {
    return host.lines(file).stream().filter(line -> words.stream().anyMatch(line::startsWith));
  }

  private static String size(HostRoot host, String file) {
    try {
      return Files.size(host.at(file)) + " bytes";
    } catch (IOException e) {
      return "(" + HostRoot.reason(e) + ")";
    }
  }

  /** Where programs can be attached and pinned. */
  private static Stream<String> mounts(HostRoot host) {
    return host.lines("/proc/self/mounts").stream()
        .filter(line -> line.matches("\\S+ \\S+ (cgroup2?|bpf) .*"))
        .map(line -> "mount " + line);
  }
}
