/**
 * One boot of a simulated kernel: the loaded object, its hooks and helpers, sockets, namespaces.
 */
@NullMarked
package org.uidnet.simulator.kernel;

import org.jspecify.annotations.NullMarked;
