package org.uidnet.netd.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.uidnet.netd.sys.Fd;

/** Decides whether kernel tests can run, and looks for open descriptors after each. */
final class KernelTestExtension
    implements ExecutionCondition, BeforeEachCallback, AfterEachCallback {
  private static final Namespace NAMESPACE = Namespace.create(KernelTestExtension.class);

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Optional<String> obstacle = obstacle();
    if (obstacle.isEmpty() || isRequired()) {
      return ConditionEvaluationResult.enabled("this kernel will do, or must");
    }
    return ConditionEvaluationResult.disabled(obstacle.get());
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    obstacle()
        .ifPresent(
            reason -> {
              throw new AssertionError("UIDNET_KERNEL_TESTS=required, but " + reason);
            });
    context.getStore(NAMESPACE).put("open", Fd.openCount());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Integer before = context.getStore(NAMESPACE).get("open", Integer.class);
    assertThat(Fd.openCount()).as("descriptors that are open after the test").isEqualTo(before);
  }

  private static boolean isRequired() {
    return "required".equals(System.getenv("UIDNET_KERNEL_TESTS"));
  }

  /** Why kernel tests cannot run here. */
  private static Optional<String> obstacle() {
    if (!isRoot()) {
      return Optional.of("kernel tests need root");
    }
    if (!Files.exists(Path.of("/sys/kernel/btf/vmlinux"))) {
      return Optional.of("this kernel has no BTF: /sys/kernel/btf/vmlinux is missing");
    }
    return TestCgroup.root().isEmpty()
        ? Optional.of("no cgroup2 file system is mounted")
        : Optional.empty();
  }

  private static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
