package dev.weir.internal.runtime;

import dev.weir.internal.state.KeyedStateBackend;

/** Makes keyed state for a stage of a task. Thread-safe. */
@FunctionalInterface
public interface StateBackendFactory {
  /** New, empty state for this subtask's key groups. */
  KeyedStateBackend create(String stage, int subtask);
}
