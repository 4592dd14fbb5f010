package dev.weir.benchmarks.jet;

import com.hazelcast.jet.core.AbstractProcessor;

/**
 * Source of W6, W8 and W9: a share of the numbers. It keeps no snapshot, which only a recovery
 * would miss.
 */
final class Numbers extends AbstractProcessor {
  private static final int NUMBERS_PER_CALL = 4096;

  private final long count;
  private long next;
  private long step;

  Numbers(long count) {
    this.count = count;
  }

  @Override
  protected void init(Context context) {
    next = context.globalProcessorIndex();
    step = context.totalParallelism();
  }

  @Override
  public boolean complete() {
    for (int i = 0; i < NUMBERS_PER_CALL && next < count; i++) {
      if (!tryEmit(next)) {
        return false;
      }
      next += step;
    }
    return next >= count;
  }

  @Override
  public boolean saveToSnapshot() {
    return true;
  }
}
