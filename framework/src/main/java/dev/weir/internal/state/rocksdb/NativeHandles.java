package dev.weir.internal.state.rocksdb;

import java.util.concurrent.atomic.AtomicInteger;
import org.rocksdb.AbstractNativeReference;

/** Counts the native objects that are open, since no garbage collector frees them. Thread-safe. */
final class NativeHandles {
  private final AtomicInteger open = new AtomicInteger();

  <H extends AbstractNativeReference> H opened(H handle) {
    open.incrementAndGet();
    return handle;
  }

  void close(AbstractNativeReference handle) {
    handle.close();
    open.decrementAndGet();
  }

  int open() {
    return open.get();
  }
}
