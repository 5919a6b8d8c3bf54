/** Maps with the kernel's semantics: flags, errors, and when memory is used again. */
@NullMarked
package org.uidnet.simulator.maps;

import org.jspecify.annotations.NullMarked;
