/** The Java client of the HTTP interface, which the commands use. */
@NullMarked
package org.uidnet.api.client;

import org.jspecify.annotations.NullMarked;
