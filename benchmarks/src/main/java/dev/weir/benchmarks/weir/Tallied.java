package dev.weir.benchmarks.weir;

import dev.weir.benchmarks.work.Tally;
import dev.weir.connector.DeliveryGuarantee;
import dev.weir.connector.Sink;
import dev.weir.connector.SinkContext;
import dev.weir.connector.SinkWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.ToLongFunction;

/** Throws everything away, but for what is needed to tell whether it was right. */
final class Tallied<T> implements Sink<T> {
  private final int looks;
  private final ToLongFunction<T> words;

  /** Looks at the clock with each of so many results, and makes of each a word. */
  Tallied(int looks, ToLongFunction<T> words) {
    this.looks = looks;
    this.words = words;
  }

  @Override
  public DeliveryGuarantee guarantee() {
    return DeliveryGuarantee.NONE;
  }

  @Override
  public SinkWriter<T> createWriter(SinkContext context) {
    return new Writer<>(new Tally(looks), words);
  }

  private record Writer<T>(Tally tally, ToLongFunction<T> words) implements SinkWriter<T> {
    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void write(T value, long timestamp) {
      tally.add(words.applyAsLong(value));
    }

    @Override
    public CompletionStage<Void> prepare(long checkpointId) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {
      tally.close();
    }
  }
}
