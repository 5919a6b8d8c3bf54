/**
 * What every {@link org.uidnet.programs.Datapath} must do, as tests that know no implementation.
 * Other modules get this package as the test jar of cgroup-programs, implement {@link
 * org.uidnet.programs.contract.Subject} and extend the contracts.
 */
@NullMarked
package org.uidnet.programs.contract;

import org.jspecify.annotations.NullMarked;
