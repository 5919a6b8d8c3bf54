package org.uidnet.stats;

import java.util.Optional;

/**
 * History on its way to one sink outside. The store itself is the queue: what waits are the
 * five-minute buckets after the last that the sink has, as long as they are kept. So it is on disk,
 * bounded, and survives whatever becomes of the daemon.
 *
 * <p>Thread-safe. Methods throw {@link HistoryException} when the store cannot answer.
 */
public interface ExportQueue {
  /**
   * The oldest complete buckets that the sink does not have; empty when it has all. The same again
   * until they are {@link #sent}, unless they are no longer kept: then the next ones, and {@link
   * #progress} tells what was lost.
   *
   * @param rows how many to give at most; a bucket is given whole
   */
  Optional<ExportBatch> next(int rows);

  /** The sink has it, for good. Returns after the commit. */
  void sent(ExportBatch batch);

  ExportProgress progress();
}
