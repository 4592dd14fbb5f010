package dev.weir.internal.task;

import dev.weir.internal.operator.SourceOperator;

/**
 * Feeds a chain from its own source; tells once when that has ended. Confined to the task's thread.
 */
final class SourceInput implements TaskInput {
  private final SourceOperator<?> source;
  private final Runnable onEnd;
  private boolean endTold;
  private long changes;

  SourceInput(SourceOperator<?> source, Runnable onEnd) {
    this.source = source;
    this.onEnd = onEnd;
  }

  @Override
  public boolean take() {
    long watermark = source.watermark();
    boolean worked = source.poll();
    if (worked || source.watermark() != watermark) {
      changes++;
    }
    if (source.hasEnded() && !endTold) {
      endTold = true;
      onEnd.run();
    }
    return worked;
  }

  @Override
  public long changes() {
    return changes;
  }

  @Override
  public long records() {
    return source.records();
  }

  @Override
  public long watermark() {
    return source.watermark();
  }
}
