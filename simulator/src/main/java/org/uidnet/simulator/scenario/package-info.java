/** What is simulated, as plain data, and the reader of the files that say it. */
@NullMarked
package org.uidnet.simulator.scenario;

import org.jspecify.annotations.NullMarked;
