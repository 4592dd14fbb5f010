package dev.weir.testing.kafka;

import dev.weir.connector.CheckpointLedger;
import dev.weir.connector.CheckpointLedger.TakeOver;
import dev.weir.connector.LedgerEntry;
import dev.weir.connector.LedgerTiming;
import dev.weir.connector.SinkWriter;
import dev.weir.connectors.kafka.sink.KafkaSink;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One attempt of a job with one exactly-once sink, driven by hand. */
final class LedgerJob implements AutoCloseable {
  private static final LedgerTiming TIMING =
      new LedgerTiming(Optional.of(Duration.ofSeconds(1)), Duration.ofSeconds(2));

  private final TaskContext context;
  private final KafkaSink<String> sink;
  private final CheckpointLedger ledger;
  private TakeOver takeOver;
  private SinkWriter<String> writer;

  LedgerJob(String job, KafkaSink<String> sink) {
    this(job, sink, TIMING);
  }

  LedgerJob(String job, KafkaSink<String> sink, LedgerTiming timing) {
    this.context = new TaskContext(job);
    this.sink = sink;
    this.ledger = sink.ledger().orElseThrow().create(context, timing);
  }

  LedgerJob withClockRunning(int timesAsFast) {
    context.runClock(timesAsFast);
    return this;
  }

  /** Takes over and makes the writer. */
  LedgerJob started() throws Exception {
    takeOver = ledger.takeOver();
    writer = sink.createWriter(context.writingTo(ledger));
    return this;
  }

  TakeOver takeOver() {
    return takeOver;
  }

  CheckpointLedger ledger() {
    return ledger;
  }

  TaskContext context() {
    return context;
  }

  SinkWriter<String> writer() {
    return writer;
  }

  /** Writes as a task does, which asks before and after each batch whether the writer is ready. */
  LedgerJob write(String... values) throws Exception {
    for (String value : values) {
      context.until("room to write " + value, writer::isReady);
      writer.write(value, context.clock().millis());
    }
    boolean unused = writer.isReady(); // Sends what it has collected.
    return this;
  }

  /** First phase; returns when it is done or has failed. */
  LedgerJob prepare(long checkpoint) throws Exception {
    CompletableFuture<Void> prepared = writer.prepare(checkpoint).toCompletableFuture();
    context.until("checkpoint " + checkpoint + " to be prepared", prepared::isDone);
    prepared.get();
    return this;
  }

  LedgerJob complete(long checkpoint) {
    ledger.complete(entry(checkpoint));
    return this;
  }

  LedgerEntry entry(long checkpoint) {
    return new LedgerEntry(checkpoint, takeOver.attempt(), "m-" + checkpoint, 10, 77, 5);
  }

  @Override
  public void close() {
    if (writer != null) {
      writer.close();
    }
    ledger.close();
    context.close();
  }
}
