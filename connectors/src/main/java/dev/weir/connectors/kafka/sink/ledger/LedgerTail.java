package dev.weir.connectors.kafka.sink.ledger;

import dev.weir.connectors.kafka.ClientFailures;
import dev.weir.error.CheckpointFailedException;
import dev.weir.error.ConnectorException;
import dev.weir.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Waits until what was committed can be read: the coordinator answers a commit before the
 * partitions know, and has been seen to forget to tell them (docs/design/0038). Blocks; one thread
 * at a time, but for {@link #close}.
 */
final class LedgerTail implements AutoCloseable {
  private static final Duration ANSWER = Duration.ofSeconds(2);
  private static final long FIRST_PAUSE_MILLIS = 1;
  private static final long LONGEST_PAUSE_MILLIS = 50;
  private static final long PATIENCE_MILLIS = 1_000;

  private final TopicPartition ledger;
  private final String servers;
  private final Supplier<Consumer<?, ?>> consumers;
  private final BooleanSupplier hangs;
  private final Clock clock;
  private final long timeoutMillis;
  private final AtomicBoolean isClosed = new AtomicBoolean();
  private volatile boolean isEndLost;
  private Consumer<?, ?> consumer;

  LedgerTail(
      TopicPartition ledger,
      String servers,
      Supplier<Consumer<?, ?>> consumers,
      BooleanSupplier hangs,
      Clock clock,
      long timeoutMillis) {
    this.ledger = ledger;
    this.servers = servers;
    this.consumers = consumers;
    this.hangs = hangs;
    this.clock = clock;
    this.timeoutMillis = timeoutMillis;
  }

  /**
   * Returns when readers of committed records have come past this offset.
   *
   * @throws CheckpointFailedException if that takes too long
   */
  synchronized void awaitReadable(long offset) {
    long until = clock.monotonicMillis() + timeoutMillis;
    long nextLook = clock.monotonicMillis() + PATIENCE_MILLIS;
    long pause = FIRST_PAUSE_MILLIS;
    try {
      while (!isReadable(offset)) {
        if (isClosed.get() || clock.monotonicMillis() >= until) {
          throw unreadable(offset, "but within " + timeoutMillis + " ms");
        }
        if (clock.monotonicMillis() >= nextLook) {
          isEndLost = hangs();
          if (isEndLost) {
            throw unreadable(offset, "and has lost the end of the transaction:");
          }
          nextLook = clock.monotonicMillis() + PATIENCE_MILLIS;
        }
        pause(pause);
        pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
      }
    } catch (KafkaException e) {
      throw ClientFailures.of(e, "look at the end of the ledger " + ledger, servers);
    }
  }

  private boolean hangs() {
    try {
      return hangs.getAsBoolean();
    } catch (ConnectorException e) {
      return false; // The brokers do not answer; they are asked again.
    }
  }

  /** Whether it was found that the brokers have lost the end of this attempt's transaction. */
  boolean isEndLost() {
    return isEndLost;
  }

  private CheckpointFailedException unreadable(long offset, String found) {
    return new CheckpointFailedException(
        "Kafka has committed the record at offset "
            + offset
            + " of "
            + ledger
            + ", "
            + found
            + " no reader of committed records can come past it. The next attempt settles it.");
  }

  /** Not while the brokers do not answer. */
  private boolean isReadable(long offset) {
    try {
      return end() > offset;
    } catch (TimeoutException e) {
      return false;
    }
  }

  private long end() {
    if (consumer == null) {
      consumer = consumers.get();
      consumer.assign(List.of(ledger));
      consumer.pause(List.of(ledger));
      consumer.seek(ledger, 0);
    }
    return consumer.endOffsets(List.of(ledger), ANSWER).get(ledger);
  }

  /** In the consumer's poll, whose clock is the one that the simulation turns. */
  private void pause(long millis) {
    consumer.poll(Duration.ofMillis(millis));
  }

  /** Ends a wait that is under way. */
  @Override
  public void close() {
    isClosed.set(true);
    synchronized (this) {
      if (consumer != null) {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
        consumer = null;
      }
    }
  }
}
