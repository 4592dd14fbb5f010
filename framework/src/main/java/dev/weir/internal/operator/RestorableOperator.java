package dev.weir.internal.operator;

import dev.weir.internal.key.KeyBounds;
import dev.weir.internal.key.KeyPage;
import dev.weir.internal.state.pertask.TaskStates;
import dev.weir.job.KeyQuery;
import dev.weir.job.StateQuery;
import java.util.Map;

/** An operator with a watermark of its own that begins from its stage's part of a checkpoint. */
interface RestorableOperator extends StatefulOperator {
  /** Of what kind the inline part is that it writes. */
  InlinePart.Kind kind();

  /** What its task keeps; restored from the inline parts, before the first step. */
  TaskStates taskStates();

  /** Sets the watermark at the barrier of the restored checkpoint; before the first step. */
  void restoreWatermark(long restored);

  /** Lets user code see what is restored; before the first step, after all else is restored. */
  default void open() {}

  /**
   * Reads the state of a key or of the task; on the task's thread, between records.
   *
   * @throws IllegalArgumentException if there is no such state
   */
  <R> R answer(StateQuery<R> query);

  /**
   * Reads the state of the first keys in some key groups; on the task's thread, between records.
   *
   * @throws IllegalArgumentException if there is no such state
   */
  default <K, R> KeyPage<Map.Entry<K, R>> keys(
      KeyQuery<K, R> query, KeyBounds bounds, int firstKeyGroup) {
    throw new IllegalArgumentException(
        "A stage of windows was asked for state '"
            + query.state().name()
            + "' of many keys and has only windows. Ask key by key, with StateQuery.windows(...).");
  }

  /** Number of records dropped because they came after their window had closed. */
  default long lateRecords() {
    return 0;
  }
}
