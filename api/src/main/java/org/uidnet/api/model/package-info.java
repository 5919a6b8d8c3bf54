/** The JSON of the HTTP interface as records, one set for server and client. */
@NullMarked
package org.uidnet.api.model;

import org.jspecify.annotations.NullMarked;
