package org.uidnet.netd.differential;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A thread for one task, which may enter namespaces and stay on one processor: both end with it.
 */
final class OwnThread {
  private OwnThread() {}

  static <T> T call(Callable<T> task) {
    FutureTask<T> future = new FutureTask<>(task);
    Thread thread = new Thread(future, "differential");
    thread.start();
    try {
      return future.get();
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }
}
