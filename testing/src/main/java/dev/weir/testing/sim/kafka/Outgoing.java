package dev.weir.testing.sim.kafka;

import dev.weir.testing.sim.Scheduler;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/** A record on its way; what its sender waits for. */
final class Outgoing implements Future<RecordMetadata> {
  private final Scheduler scheduler;
  private final TopicPartition partition;
  private final SimRecord record;
  private final Callback callback;
  private RecordMetadata metadata;
  private Exception failure;

  Outgoing(Scheduler scheduler, TopicPartition partition, SimRecord record, Callback callback) {
    this.scheduler = scheduler;
    this.partition = partition;
    this.record = record;
    this.callback = callback;
  }

  SimRecord record() {
    return record;
  }

  void written(long offset) {
    metadata = new RecordMetadata(partition, offset, 0, record.timestamp(), -1, -1);
    if (callback != null) {
      callback.onCompletion(metadata, null);
    }
  }

  Outgoing failed(Exception cause) {
    failure = cause;
    if (callback != null) {
      callback.onCompletion(new RecordMetadata(partition, -1, 0, -1, -1, -1), cause);
    }
    return this;
  }

  @Override
  public boolean isDone() {
    return metadata != null || failure != null;
  }

  @Override
  public RecordMetadata get() throws ExecutionException {
    scheduler.waitFor("Future.get", this::isDone, Long.MAX_VALUE);
    if (failure != null) {
      throw new ExecutionException(failure);
    }
    return metadata;
  }

  @Override
  public RecordMetadata get(long timeout, TimeUnit unit)
      throws ExecutionException, TimeoutException {
    scheduler.waitFor("Future.get", this::isDone, unit.toNanos(timeout));
    if (!isDone()) {
      throw new TimeoutException();
    }
    return get();
  }

  @Override
  public boolean cancel(boolean mayInterrupt) {
    return false;
  }

  @Override
  public boolean isCancelled() {
    return false;
  }
}
