package dev.weir.internal.operator;

/** An operator with keyed state and a watermark of its own. */
interface KeyedOperator extends StatefulOperator {
  /** Sets the watermark at the barrier of the restored checkpoint; before the first step. */
  void restoreWatermark(long restored);

  /** Number of records dropped because they came after their window had closed. */
  default long lateRecords() {
    return 0;
  }
}
