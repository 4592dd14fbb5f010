package dev.weir.benchmarks.weir;

import dev.weir.connector.SourceOutput;
import dev.weir.connector.SourceOutput.SplitOutput;
import dev.weir.connector.SourceReader;
import dev.weir.connector.SourceSplit;
import java.nio.ByteBuffer;
import java.util.List;

/** Emits one split of the numbers. */
final class NumberReader implements SourceReader<Long> {
  private static final int NUMBERS_PER_POLL = 512;

  private final long end;
  private long next = Long.MAX_VALUE;
  private int step;
  private String splitId;
  private SplitOutput<Long> splitOutput;

  NumberReader(long end) {
    this.end = end;
  }

  @Override
  public void addSplits(List<SourceSplit> splits) {
    for (SourceSplit split : splits) {
      ByteBuffer position = ByteBuffer.wrap(split.position());
      splitId = split.id();
      next = position.getLong();
      step = position.getInt();
    }
  }

  @Override
  public Status poll(SourceOutput<Long> output) {
    if (splitOutput == null) {
      splitOutput = output.forSplit(splitId);
    }
    for (int i = 0; i < NUMBERS_PER_POLL && next < end; i++) {
      splitOutput.collect(next, 0);
      next += step;
    }
    return next < end ? Status.MORE : Status.ENDED;
  }

  @Override
  public List<SourceSplit> snapshot() {
    return List.of(Numbers.split(next, step));
  }

  @Override
  public void close() {}
}
