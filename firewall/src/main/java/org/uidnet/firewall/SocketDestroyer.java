package org.uidnet.firewall;

import java.util.function.LongPredicate;
import org.uidnet.programs.Event;

/** Ends connections, in every network namespace; never a listener. */
public interface SocketDestroyer {
  /** Of a host without socket diagnostics. */
  SocketDestroyer NONE =
      new SocketDestroyer() {
        @Override
        public int destroy(LongPredicate uids) {
          return 0;
        }

        @Override
        public boolean destroy(Event event) {
          return false;
        }
      };

  /** Live TCP connections of those UIDs, not over loopback; answers how many. */
  int destroy(LongPredicate uids);

  /** The connection whose packet was refused; false if it is gone. */
  boolean destroy(Event event);
}
