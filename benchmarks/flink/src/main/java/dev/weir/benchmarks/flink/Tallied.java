package dev.weir.benchmarks.flink;

import dev.weir.benchmarks.work.Tally;
import java.io.Serializable;
import java.util.function.ToLongFunction;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Throws everything away, but for what is needed to tell whether it was right. */
final class Tallied<T> implements Sink<T> {
  private static final long serialVersionUID = 1L;

  private final int looks;
  private final Word<T> words;

  /** Looks at the clock with each of so many results, and makes of each a word. */
  Tallied(int looks, Word<T> words) {
    this.looks = looks;
    this.words = words;
  }

  /** The word of a result. */
  interface Word<T> extends ToLongFunction<T>, Serializable {}

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) {
    return new Writer<>(new Tally(looks), words);
  }

  private record Writer<T>(Tally tally, Word<T> words) implements SinkWriter<T> {
    @Override
    public void write(T value, Context context) {
      tally.add(words.applyAsLong(value));
    }

    @Override
    public void flush(boolean isEnd) {}

    @Override
    public void close() {
      tally.close();
    }
  }
}
