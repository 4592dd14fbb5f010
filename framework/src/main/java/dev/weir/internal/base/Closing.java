package dev.weir.internal.base;

import java.util.ArrayList;
import java.util.List;

/**
 * Closes many things, the last added first: keeps the first failure and suppresses the rest.
 * Confined to one thread.
 */
public final class Closing implements AutoCloseable {
  private final List<AutoCloseable> open = new ArrayList<>();

  /** Adds something to close; returns it. */
  public <T extends AutoCloseable> T add(T closeable) {
    open.add(closeable);
    return closeable;
  }

  @Override
  public void close() throws Exception {
    Exception first = null;
    for (int i = open.size() - 1; i >= 0; i--) {
      try {
        open.get(i).close();
      } catch (Exception e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    open.clear();
    if (first != null) {
      throw first;
    }
  }
}
