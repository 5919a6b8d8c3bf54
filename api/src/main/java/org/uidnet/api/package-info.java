/** Shows stats and policy over HTTP: routes, authorisation, events, metrics, dashboard. */
@NullMarked
package org.uidnet.api;

import org.jspecify.annotations.NullMarked;
