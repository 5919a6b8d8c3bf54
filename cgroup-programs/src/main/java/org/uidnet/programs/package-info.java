/**
 * The contract with the kernel: the compiled programs, the layout of their maps, typed views over
 * those maps, and the interfaces that a kernel or a simulator implements.
 */
@NullMarked
package org.uidnet.programs;

import org.jspecify.annotations.NullMarked;
