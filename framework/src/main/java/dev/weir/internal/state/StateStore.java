package dev.weir.internal.state;

/** Makes the backends of a job. One per job process; thread-safe. */
public interface StateStore extends AutoCloseable {
  /** An empty backend, to be closed before the store. */
  KeyedStateBackend backend(StateScope scope);

  /** Releases everything; after the last backend is closed. Idempotent. */
  @Override
  void close();

  /**
   * @return a store that keeps all state on the heap
   */
  static StateStore heap() {
    return new StateStore() {
      @Override
      public KeyedStateBackend backend(StateScope scope) {
        return new LayeredBackend(scope, new HeapBottomStore(scope));
      }

      @Override
      public void close() {}
    };
  }
}
