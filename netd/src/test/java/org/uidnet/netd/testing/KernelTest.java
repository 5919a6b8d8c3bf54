package org.uidnet.netd.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests that load programs into the kernel of this machine, on cgroups and mounts of their own.
 *
 * <p>Skipped, with the reason, where they cannot run: they need root, cgroup v2 and BTF. With
 * {@code UIDNET_KERNEL_TESTS=required} in the environment they fail there instead. Each test must
 * close what it opened. {@code docs/kernels} finds them by their tag and runs them on other
 * kernels.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Tag("kernel")
@ExtendWith(KernelTestExtension.class)
public @interface KernelTest {}
