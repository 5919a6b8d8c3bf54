package org.uidnet.netd.kernel;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What one owner must close, in the reverse order of opening. Not thread-safe. */
final class Resources implements AutoCloseable {
  private final Deque<Runnable> closers = new ArrayDeque<>();

  void onClose(Runnable closer) {
    closers.push(closer);
  }

  /** Closes all, also when some fail; the first failure is thrown. */
  @Override
  public void close() {
    RuntimeException first = null;
    while (!closers.isEmpty()) {
      try {
        closers.pop().run();
      } catch (RuntimeException e) {
        first = firstOf(first, e);
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private static RuntimeException firstOf(
      @Nullable RuntimeException first, RuntimeException later) {
    if (first == null) {
      return later;
    }
    first.addSuppressed(later);
    return first;
  }

  /** For a failure half way: closes all and adds their failures to it. */
  void closeAfter(Throwable failure) {
    try {
      close();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }
}
