package dev.weir.testing.sim.kafka;

import java.util.List;

/**
 * A batch in a log. Immutable.
 *
 * @param baseOffset offset of its first record
 * @param producer who wrote it
 * @param baseSequence number of its first record with that producer; -1: none
 * @param isTransactional whether it counts only when its transaction is committed
 * @param marker what it ends, if it is a marker
 * @param records its records; a marker has none, and takes one offset
 */
record Batch(
    long baseOffset,
    ProducerIdentity producer,
    int baseSequence,
    boolean isTransactional,
    Marker marker,
    List<SimRecord> records) {
  /** What a control batch says. */
  enum Marker {
    NONE,
    COMMIT,
    ABORT
  }

  /** Who writes; the highest epoch alone may. */
  record ProducerIdentity(long id, int epoch) {
    static final ProducerIdentity NONE = new ProducerIdentity(-1, -1);
  }

  long nextOffset() {
    return baseOffset + (marker == Marker.NONE ? records.size() : 1);
  }
}
