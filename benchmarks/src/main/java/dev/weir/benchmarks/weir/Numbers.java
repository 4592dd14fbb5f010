package dev.weir.benchmarks.weir;

import dev.weir.connector.Boundedness;
import dev.weir.connector.Source;
import dev.weir.connector.SourceContext;
import dev.weir.connector.SourceReader;
import dev.weir.connector.SourceSplit;
import dev.weir.connector.SplitEnumerator;
import dev.weir.time.Watermarks;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Source of W6, W8 and W9: the numbers from 0, dealt to the subtasks; a split is (next number,
 * step).
 */
final class Numbers implements Source<Long> {
  private final long count;
  private final int subtasks;
  private final Optional<Watermarks<Long>> watermarks;

  /** Without event time, or with. */
  Numbers(long count, int subtasks, Optional<Watermarks<Long>> watermarks) {
    this.count = count;
    this.subtasks = subtasks;
    this.watermarks = watermarks;
  }

  @Override
  public Boundedness boundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public Optional<Watermarks<Long>> watermarks() {
    return watermarks;
  }

  @Override
  public SplitEnumerator createEnumerator(SourceContext context) {
    return new Dealer(subtasks);
  }

  @Override
  public SourceReader<Long> createReader(SourceContext context) {
    return new NumberReader(count);
  }

  static SourceSplit split(long first, int step) {
    return new SourceSplit(
        "every-" + step + "-from-" + first % step,
        ByteBuffer.allocate(Long.BYTES + Integer.BYTES).putLong(first).putInt(step).array());
  }

  /** One split for each subtask. */
  private record Dealer(int subtasks) implements SplitEnumerator {
    @Override
    public List<SourceSplit> initialSplits() {
      return IntStream.range(0, subtasks).mapToObj(i -> split(i, subtasks)).toList();
    }

    @Override
    public List<SourceSplit> discover(List<SourceSplit> known) {
      return List.of();
    }

    @Override
    public Optional<Duration> discoveryInterval() {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }
}
