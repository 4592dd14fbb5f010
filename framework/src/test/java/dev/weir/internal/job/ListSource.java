package dev.weir.internal.job;

import dev.weir.connector.Boundedness;
import dev.weir.connector.Source;
import dev.weir.connector.SourceContext;
import dev.weir.connector.SourceOutput;
import dev.weir.connector.SourceReader;
import dev.weir.connector.SourceSplit;
import dev.weir.connector.SplitEnumerator;
import dev.weir.time.Watermarks;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/** Counts from 0 in each of some splits and gives what a function makes of split and number. */
final class ListSource<T> implements Source<T> {
  private static final int BATCH = 50;

  private final int splits;
  private final LongSupplier perSplit;
  private final boolean isBounded;
  private boolean isGrowing;
  private final SplitFunction<T> function;
  private final Watermarks<T> watermarks;
  private volatile SourceContext newest;

  ListSource(int splits, long perSplit, boolean isBounded, SplitFunction<T> function) {
    this(splits, () -> perSplit, isBounded, function, null);
  }

  /** One split that never ends and has more from time to time. */
  static <T> ListSource<T> growing(LongSupplier length, SplitFunction<T> function) {
    ListSource<T> source = new ListSource<>(1, length, false, function, null);
    source.isGrowing = true;
    return source;
  }

  /** The same, and it is idle until it is told to {@link #wake}. */
  static <T> ListSource<T> waiting(LongSupplier length, SplitFunction<T> function) {
    return new ListSource<>(1, length, false, function, null);
  }

  /** There is more. */
  void wake() {
    newest.wakeUp();
  }

  private ListSource(
      int splits,
      LongSupplier perSplit,
      boolean isBounded,
      SplitFunction<T> function,
      Watermarks<T> watermarks) {
    this.splits = splits;
    this.perSplit = perSplit;
    this.isBounded = isBounded;
    this.function = function;
    this.watermarks = watermarks;
  }

  /** Makes the n-th record of a split. */
  interface SplitFunction<T> {
    T record(String split, long n);
  }

  ListSource<T> withWatermarks(LongFunction<Watermarks<T>> make) {
    return new ListSource<>(splits, perSplit, isBounded, function, make.apply(0));
  }

  @Override
  public Boundedness boundedness() {
    return isBounded ? Boundedness.BOUNDED : Boundedness.UNBOUNDED;
  }

  @Override
  public Optional<Watermarks<T>> watermarks() {
    return Optional.ofNullable(watermarks);
  }

  @Override
  public SplitEnumerator createEnumerator(SourceContext context) {
    return new SplitEnumerator() {
      @Override
      public List<SourceSplit> initialSplits() {
        List<SourceSplit> all = new ArrayList<>();
        for (int i = 0; i < splits; i++) {
          all.add(new SourceSplit("list-" + i, position(0)));
        }
        return all;
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
    };
  }

  @Override
  public SourceReader<T> createReader(SourceContext context) {
    newest = context;
    return new Reader();
  }

  private static byte[] position(long next) {
    return ByteBuffer.allocate(Long.BYTES).putLong(next).array();
  }

  private final class Reader implements SourceReader<T> {
    private final List<String> ids = new ArrayList<>();
    private final List<long[]> next = new ArrayList<>();

    @Override
    public void addSplits(List<SourceSplit> added) {
      for (SourceSplit split : added) {
        ids.add(split.id());
        next.add(new long[] {ByteBuffer.wrap(split.position()).getLong()});
      }
    }

    @Override
    public Status poll(SourceOutput<T> output) {
      boolean isMore = false;
      long length = perSplit.getAsLong();
      for (int i = 0; i < ids.size(); i++) {
        long[] position = next.get(i);
        long end = Math.min(length, position[0] + BATCH);
        for (; position[0] < end && output.hasRoom(); position[0]++) {
          T value = function.record(ids.get(i), position[0]);
          output.forSplit(ids.get(i)).collect(value, position[0]);
        }
        isMore |= position[0] < length;
      }
      if (isBounded) {
        return isMore ? Status.MORE : Status.ENDED;
      }
      return isMore || isGrowing ? Status.MORE : Status.WAITING;
    }

    @Override
    public List<SourceSplit> snapshot() {
      List<SourceSplit> splitsNow = new ArrayList<>();
      for (int i = 0; i < ids.size(); i++) {
        splitsNow.add(new SourceSplit(ids.get(i), position(next.get(i)[0])));
      }
      return splitsNow;
    }

    @Override
    public void close() {}
  }
}
