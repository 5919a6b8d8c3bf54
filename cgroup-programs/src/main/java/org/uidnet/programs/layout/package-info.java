/** Typed views over the maps that programs and user space share. */
@NullMarked
package org.uidnet.programs.layout;

import org.jspecify.annotations.NullMarked;
