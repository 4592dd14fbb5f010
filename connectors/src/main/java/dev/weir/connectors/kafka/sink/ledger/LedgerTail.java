package dev.weir.connectors.kafka.sink.ledger;

import dev.weir.connectors.kafka.ClientFailures;
import dev.weir.error.CheckpointFailedException;
import dev.weir.error.ConnectorException;
import dev.weir.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until what was committed can be read: the coordinator answers a commit before the
 * partitions know, and has been seen to forget to tell them (docs/design/0038). Blocks; one thread
 * at a time, but for {@link #close}.
 */
final class LedgerTail implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerTail.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final long PATIENCE_MILLIS = 1_000;

  /** Who may use the consumer. */
  private enum Use {
    NONE,
    WAITS,
    CLOSED
  }

  private final TopicPartition ledger;
  private final String servers;
  private final Supplier<Consumer<?, ?>> consumers;
  private final BooleanSupplier hangs;
  private final Clock clock;
  private final long timeoutMillis;
  private final AtomicReference<Use> use = new AtomicReference<>(Use.NONE);
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
   * Waits until this record is decided where it lies.
   *
   * @return whether it is committed; if not, a later attempt has found it hanging and aborted it
   * @throws CheckpointFailedException if that takes too long, or will never be
   */
  boolean awaitCommitted(long offset) {
    if (!use.compareAndSet(Use.NONE, Use.WAITS)) {
      throw undecided(offset, "this attempt was closed");
    }
    try {
      return await(offset);
    } catch (KafkaException e) {
      throw ClientFailures.of(e, "look at the end of the ledger " + ledger, servers);
    } finally {
      if (!use.compareAndSet(Use.WAITS, Use.NONE)) {
        closeConsumer();
      }
    }
  }

  private boolean await(long offset) {
    long until = clock.monotonicMillis() + timeoutMillis;
    long nextLook = clock.monotonicMillis() + PATIENCE_MILLIS;
    seek(offset);
    while (true) {
      for (ConsumerRecord<?, ?> record : consumer.poll(POLL)) {
        return record.offset() == offset;
      }
      if (consumer.position(ledger) > offset) {
        return false;
      }
      if (use.get() == Use.CLOSED || clock.monotonicMillis() >= until) {
        throw undecided(offset, "it was waited for " + timeoutMillis + " ms, or until closed");
      }
      if (clock.monotonicMillis() >= nextLook) {
        checkEnd(offset);
        nextLook = clock.monotonicMillis() + PATIENCE_MILLIS;
      }
    }
  }

  private void seek(long offset) {
    if (consumer == null) {
      consumer = consumers.get();
      consumer.assign(List.of(ledger));
    }
    consumer.seek(ledger, offset);
  }

  private void checkEnd(long offset) {
    try {
      isEndLost = hangs.getAsBoolean();
    } catch (ConnectorException e) {
      LOG.debug("Whether {} hangs is not known; asked again", ledger, e);
    }
    if (isEndLost) {
      throw undecided(offset, "the brokers have lost the end of its transaction");
    }
  }

  /** Whether it was found that the brokers have lost the end of this attempt's transaction. */
  boolean isEndLost() {
    return isEndLost;
  }

  private CheckpointFailedException undecided(long offset, String why) {
    return new CheckpointFailedException(
        "Kafka has answered the commit of the record at offset "
            + offset
            + " of "
            + ledger
            + ", but no reader of committed records can come past it: "
            + why
            + ". The next attempt settles it.");
  }

  /** Ends a wait that is under way, soon; returns at once. */
  @Override
  public void close() {
    if (use.getAndSet(Use.CLOSED) == Use.NONE) {
      closeConsumer();
    } // Else whoever waits does it.
  }

  private void closeConsumer() {
    if (consumer != null) {
      consumer.close(CloseOptions.timeout(Duration.ZERO));
      consumer = null;
    }
  }
}
