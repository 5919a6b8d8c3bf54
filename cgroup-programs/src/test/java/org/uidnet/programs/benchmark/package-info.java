/**
 * How benchmarks tell what they measured, so that {@code docs/bench} can put it into {@code
 * docs/PERFORMANCE.md}. Other modules get this package as the test jar of cgroup-programs.
 */
@NullMarked
package org.uidnet.programs.benchmark;

import org.jspecify.annotations.NullMarked;
