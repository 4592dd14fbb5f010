package dev.weir.connectors.kafka.source;

import dev.weir.connector.SourceOutput.SplitOutput;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How far one split is read. Confined to the task's thread, but for {@link #lag}, which any thread
 * may ask, and {@link #endSeen}, which the fetcher calls.
 *
 * @param <T> type of the values
 */
final class SplitProgress<T> {
  private final KafkaSplit start;
  private long offset;
  private Optional<Integer> leaderEpoch;
  private SplitOutput<T> output;
  private volatile long shownOffset;
  private volatile long knownEnd;

  SplitProgress(KafkaSplit start) {
    this.start = start;
    this.offset = start.offset();
    this.leaderEpoch =
        start.leaderEpoch().isPresent()
            ? Optional.of(start.leaderEpoch().getAsInt())
            : Optional.empty();
    this.shownOffset = offset;
    this.knownEnd = offset;
  }

  KafkaSplit start() {
    return start;
  }

  SplitOutput<T> output() {
    return output;
  }

  void outputTo(SplitOutput<T> splitOutput) {
    this.output = splitOutput;
  }

  /** The next offset to read. */
  long offset() {
    return offset;
  }

  /** Everything before this offset is emitted. */
  void moveTo(long nextOffset, Optional<Integer> epoch) {
    offset = Math.min(nextOffset, start.stopOffset());
    leaderEpoch = epoch;
  }

  boolean isFinished() {
    return offset >= start.stopOffset();
  }

  /** The split as it is now. */
  KafkaSplit now() {
    return new KafkaSplit(
        start.partition(),
        start.topicId(),
        offset,
        leaderEpoch.map(OptionalInt::of).orElse(OptionalInt.empty()),
        start.stopOffset());
  }

  /** Lets other threads see how far it is. */
  void show() {
    if (shownOffset != offset) {
      shownOffset = offset;
    }
  }

  /** The partition's committed end as last heard. */
  void endSeen(long end) {
    knownEnd = end;
  }

  /** Records between the last one emitted and the end, control records included. */
  long lag() {
    return Math.max(0, Math.min(knownEnd, start.stopOffset()) - shownOffset);
  }
}
