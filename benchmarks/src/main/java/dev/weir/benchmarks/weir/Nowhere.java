package dev.weir.benchmarks.weir;

import dev.weir.connector.DeliveryGuarantee;
import dev.weir.connector.Sink;
import dev.weir.connector.SinkContext;
import dev.weir.connector.SinkWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Throws everything away. */
final class Nowhere<T> implements Sink<T> {
  @Override
  public DeliveryGuarantee guarantee() {
    return DeliveryGuarantee.NONE;
  }

  @Override
  public SinkWriter<T> createWriter(SinkContext context) {
    return new Writer<>();
  }

  private static final class Writer<T> implements SinkWriter<T> {
    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void write(T value, long timestamp) {}

    @Override
    public CompletionStage<Void> prepare(long checkpointId) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {}
  }
}
