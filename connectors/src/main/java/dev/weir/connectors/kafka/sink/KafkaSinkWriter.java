package dev.weir.connectors.kafka.sink;

import dev.weir.connector.SinkContext;
import dev.weir.connector.SinkWriter;
import dev.weir.error.WeirException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Writes one task's records. Confined to the task's thread, but for {@link #close} and {@link
 * #onChange}.
 */
final class KafkaSinkWriter<T> implements SinkWriter<T> {
  private final RecordFactory<T> records;
  private final RecordOutput output;
  private final SendLane<T> lane;
  private final SinkContext context;
  private final Runnable onChange = this::onChange;
  private CompletableFuture<Void> prepared = CompletableFuture.completedFuture(null);

  KafkaSinkWriter(
      RecordFactory<T> records, RecordOutput output, SinkContext context, long bufferBytes) {
    this.records = records;
    this.output = output;
    this.context = context;
    this.lane = new SendLane<>(records, output, context.io(), bufferBytes);
  }

  /** Begins to use the output; on an I/O thread. */
  KafkaSinkWriter<T> joined() {
    output.join(onChange);
    return this;
  }

  @Override
  public boolean isReady() {
    lane.flush();
    return output.failure().isPresent()
        || (prepared.isDone() && lane.isEmpty() && output.hasRoom());
  }

  @Override
  public void write(T value, long timestamp) {
    throwFailure();
    if (!prepared.isDone()) {
      throw new IllegalStateException(
          "Sink '"
              + context.stageName()
              + "' got a record while its last checkpoint is being prepared. Ask isReady() first.");
    }
    lane.send(records.record(value, timestamp), value);
  }

  @Override
  public CompletionStage<Void> prepare(long checkpointId) {
    throwFailure();
    lane.flush();
    prepared = lane.whenEmpty().thenCompose(sent -> output.prepare(onChange, checkpointId));
    return prepared;
  }

  @Override
  public void close() {
    output.leave(onChange);
    output.close();
  }

  /** Room, transaction or health have changed; any thread. */
  private void onChange() {
    lane.advance();
    context.wakeUp();
  }

  private void throwFailure() {
    Optional<WeirException> failure = output.failure();
    if (failure.isPresent()) {
      throw failure.get();
    }
  }
}
