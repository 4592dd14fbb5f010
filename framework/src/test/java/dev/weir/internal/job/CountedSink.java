package dev.weir.internal.job;

import dev.weir.connector.DeliveryGuarantee;
import dev.weir.connector.Sink;
import dev.weir.connector.SinkContext;
import dev.weir.connector.SinkWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what is written, and knows no checkpoints and no ledger. */
record CountedSink<T>(AtomicLong written) implements Sink<T> {
  CountedSink() {
    this(new AtomicLong());
  }

  @Override
  public DeliveryGuarantee guarantee() {
    return DeliveryGuarantee.AT_LEAST_ONCE;
  }

  @Override
  public SinkWriter<T> createWriter(SinkContext context) {
    return new SinkWriter<>() {
      @Override
      public boolean isReady() {
        return true;
      }

      @Override
      public void write(T value, long timestamp) {
        written.incrementAndGet();
      }

      @Override
      public CompletionStage<Void> prepare(long checkpointId) {
        return CompletableFuture.completedStage(null);
      }

      @Override
      public void close() {}
    };
  }
}
