/** Reader of the compiled object: ELF sections, BTF types, maps and programs as plain data. */
@NullMarked
package org.uidnet.programs.object;

import org.jspecify.annotations.NullMarked;
