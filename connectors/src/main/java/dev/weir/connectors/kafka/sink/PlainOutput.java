package dev.weir.connectors.kafka.sink;

import dev.weir.connectors.kafka.ClientFailures;
import dev.weir.connectors.kafka.ClientMeters;
import dev.weir.error.WeirException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * One writer's own producer, whose records are visible at once. Thread-safe; see the interface for
 * what blocks.
 */
final class PlainOutput implements RecordOutput, CountedProducer.Listener {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  private final CountedProducer producer;
  private final ClientMeters meters;
  private final TopicDirectory topics;
  private final Executor io;
  private final boolean flushesAtPrepare;
  private final String servers;
  private volatile Runnable writer = () -> {};
  private volatile WeirException failure;

  /** Flushes at each prepare if no record may be lost. */
  PlainOutput(
      CountedProducer.Bounded bounded,
      ClientMeters meters,
      LedgerOptions options,
      Executor io,
      boolean flushesAtPrepare) {
    this.producer = new CountedProducer(bounded, this);
    this.meters = meters;
    this.topics = new TopicDirectory(options, List.of(bounded.producer()), (admin, topic) -> {});
    this.io = io;
    this.flushesAtPrepare = flushesAtPrepare;
    this.servers = options.settings().servers();
  }

  @Override
  public void join(Runnable onChange) {
    writer = onChange;
  }

  @Override
  public void leave(Runnable onChange) {
    writer = () -> {};
  }

  @Override
  public TopicDirectory topics() {
    return topics;
  }

  @Override
  public boolean hasRoom() {
    return producer.hasRoom();
  }

  @Override
  public boolean isFull() {
    return producer.isFull();
  }

  @Override
  public void send(List<ProducerRecord<byte[], byte[]>> burst, long bytes) {
    producer.send(burst, bytes);
  }

  @Override
  public Optional<WeirException> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public CompletableFuture<Void> prepare(Runnable onChange, long checkpointId) {
    CompletableFuture<Void> prepared = new CompletableFuture<>();
    if (flushesAtPrepare) {
      io.execute(() -> flush(prepared));
    } else {
      complete(prepared);
    }
    return prepared;
  }

  @Override
  public void onRoom() {
    writer.run();
  }

  @Override
  public void onFailure(Throwable cause) {
    fail(cause);
  }

  @Override
  public void fail(Throwable cause) {
    failure = ClientFailures.of(cause, "write records", servers);
    writer.run();
  }

  @Override
  public void close() {
    try (meters) {
      producer.producer().close(CLOSE_TIMEOUT);
    }
  }

  private void flush(CompletableFuture<Void> prepared) {
    try {
      producer.flush();
    } catch (RuntimeException e) {
      fail(e);
    }
    complete(prepared);
    writer.run();
  }

  private void complete(CompletableFuture<Void> prepared) {
    if (failure == null) {
      prepared.complete(null);
    } else {
      prepared.completeExceptionally(failure);
    }
  }
}
