package org.uidnet.netd.kernel;

import org.uidnet.programs.Datapath;
import org.uidnet.programs.RuleMaps;

/** What the daemon does when counters change hands. Called on the thread that attaches or stops. */
public interface Handover {
  /** Writes policy into new maps, before the first program runs on them. */
  void prepare(RuleMaps fresh);

  /**
   * Stores what the maps have counted, for the last time: no program uses them any more. Returns
   * when it is committed; then the maps are removed. If it throws they stay, and are handed over
   * again at the next occasion, so what is stored twice must count once (the baseline of their
   * epoch does it).
   */
  void retire(Datapath counted);
}
