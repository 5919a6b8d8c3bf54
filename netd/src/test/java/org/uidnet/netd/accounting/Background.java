package org.uidnet.netd.accounting;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Work beside a test, each on a thread of its own, however few processors there are. */
final class Background {
  private Background() {}

  static <T> CompletableFuture<T> start(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, Background::onThread);
  }

  private static void onThread(Runnable work) {
    Thread thread = new Thread(work, "background");
    thread.setDaemon(true);
    thread.start();
  }
}
