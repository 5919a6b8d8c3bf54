package org.uidnet.netd.daemon;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uidnet.firewall.FirewallListener;
import org.uidnet.programs.ErrnoException;
import org.uidnet.stats.CounterSet;
import org.uidnet.stats.Usage;

/**
 * Lets a UID that comes to the foreground count in the foreground's set, and one that leaves it in
 * the default set, as Android does. A set that is chosen by hand holds until then.
 */
final class ForegroundCounting implements FirewallListener {
  private static final Logger LOG = LoggerFactory.getLogger(ForegroundCounting.class);

  private final Usage usage;

  ForegroundCounting(Usage usage) {
    this.usage = usage;
  }

  @Override
  public void foreground(long uid, boolean foreground) {
    try {
      usage.setCounterSet(uid, foreground ? CounterSet.FOREGROUND : CounterSet.DEFAULT);
    } catch (ErrnoException e) {
      LOG.warn("{}", e.getMessage());
    }
  }
}
