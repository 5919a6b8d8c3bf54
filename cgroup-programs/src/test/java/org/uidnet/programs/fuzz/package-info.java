/** What the targets of the fuzzer have in common; {@code docs/fuzzing.md} lists them. */
@NullMarked
package org.uidnet.programs.fuzz;

import org.jspecify.annotations.NullMarked;
