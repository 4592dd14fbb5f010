package dev.weir.internal.operator;

import dev.weir.connector.SourceSplit;

/**
 * A split as a checkpoint holds it.
 *
 * @param split the split with the position to read on from
 * @param maxTimestamp greatest event time seen in it; {@link Long#MIN_VALUE} before the first
 *     record
 */
public record SplitState(SourceSplit split, long maxTimestamp) {
  /** A split that nothing was read of. */
  public static SplitState fresh(SourceSplit split) {
    return new SplitState(split, Long.MIN_VALUE);
  }
}
