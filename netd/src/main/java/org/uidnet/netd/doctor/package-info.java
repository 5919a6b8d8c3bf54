/** What a bug report needs, gathered without names of people, places and secrets. */
@NullMarked
package org.uidnet.netd.doctor;

import org.jspecify.annotations.NullMarked;
