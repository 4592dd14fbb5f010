package dev.weir.connectors.kafka.sink.ledger;

import dev.weir.connectors.kafka.AdminCalls;
import dev.weir.connectors.kafka.ClientFailures;
import dev.weir.error.ConnectorException;
import dev.weir.error.UnrecoverableConnectorException;
import dev.weir.error.WeirException;
import dev.weir.time.Clock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads the end of a ledger. Blocks; confined to one thread at a time. */
final class LedgerReader implements AutoCloseable {
  /** Offsets read at first; more if no completed checkpoint is among them. */
  private static final long TAIL = 1_000;

  private static final Duration POLL = Duration.ofMillis(100);
  private static final long READ_TIMEOUT_MILLIS = 30_000;

  private final Consumer<ByteBuffer, ByteBuffer> consumer;
  private final Supplier<Consumer<ByteBuffer, ByteBuffer>> uncommitted;
  private final Admin admin;
  private final TopicPartition ledger;
  private final String servers;
  private final Clock clock;

  LedgerReader(
      Consumer<ByteBuffer, ByteBuffer> consumer,
      Supplier<Consumer<ByteBuffer, ByteBuffer>> uncommitted,
      Admin admin,
      TopicPartition ledger,
      String servers,
      Clock clock) {
    this.consumer = consumer;
    this.uncommitted = uncommitted;
    this.admin = admin;
    this.ledger = ledger;
    this.servers = servers;
    this.clock = clock;
  }

  /** What is committed now; transactions that are open do not matter. */
  LedgerLog readCommitted() {
    return read(committedEnd());
  }

  /**
   * Everything up to the end as it is now; waits until each transaction before it is decided.
   *
   * @throws ConnectorException if one stays open; names it
   */
  LedgerLog readToEnd() {
    return read(offset(OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED));
  }

  /** Where committed records end now. */
  long committedEnd() {
    return offset(OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
  }

  /** The client that it asks with; closed with it. */
  Admin admin() {
    return admin;
  }

  /**
   * The record at this offset, committed or not.
   *
   * @throws ConnectorException if there is none within the time
   */
  LedgerRecord recordAt(long offset) {
    long until = clock.monotonicMillis() + READ_TIMEOUT_MILLIS;
    try (Consumer<ByteBuffer, ByteBuffer> all = uncommitted.get()) {
      all.assign(List.of(ledger));
      all.seek(ledger, offset);
      while (clock.monotonicMillis() < until) {
        for (ConsumerRecord<ByteBuffer, ByteBuffer> record : all.poll(POLL)) {
          return LedgerRecords.read(record.value(), ledger + "@" + record.offset());
        }
      }
    } catch (KafkaException e) {
      throw failed(e);
    }
    throw stuck(offset, offset + 1);
  }

  /** Lets time pass, in the consumer's poll. */
  void pass(long millis) {
    try {
      consumer.assign(List.of(ledger));
      consumer.seek(ledger, 0);
      consumer.pause(List.of(ledger));
      consumer.poll(Duration.ofMillis(millis));
      consumer.resume(List.of(ledger));
    } catch (KafkaException e) {
      throw failed(e);
    }
  }

  @Override
  public void close() {
    try {
      consumer.close(CloseOptions.timeout(Duration.ZERO));
    } finally {
      admin.close(Duration.ZERO);
    }
  }

  private LedgerLog read(long end) {
    long beginning = offset(OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
    long length = TAIL;
    while (true) {
      long from = Math.max(beginning, end - length);
      LedgerLog log = read(from, end);
      if (from == beginning && beginning > 0 && !log.isDecided()) {
        throw cutOff(beginning);
      }
      if (from == beginning || log.isDecided()) {
        return log;
      }
      length *= 8;
    }
  }

  private LedgerLog read(long from, long end) {
    List<LedgerLog.Line> lines = new ArrayList<>();
    long until = clock.monotonicMillis() + READ_TIMEOUT_MILLIS;
    try {
      consumer.assign(List.of(ledger));
      consumer.seek(ledger, from);
      while (consumer.position(ledger) < end) {
        if (clock.monotonicMillis() >= until) {
          throw stuck(consumer.position(ledger), end);
        }
        for (ConsumerRecord<ByteBuffer, ByteBuffer> record : consumer.poll(POLL)) {
          String where = ledger + "@" + record.offset();
          lines.add(new LedgerLog.Line(record.offset(), LedgerRecords.read(record.value(), where)));
        }
      }
    } catch (KafkaException e) {
      throw failed(e);
    }
    return new LedgerLog(lines);
  }

  private long offset(OffsetSpec spec, IsolationLevel isolation) {
    ListOffsetsOptions options = new ListOffsetsOptions(isolation);
    options.timeoutMs((int) AdminCalls.TIMEOUT.toMillis());
    return AdminCalls.await(
            admin.listOffsets(Map.of(ledger, spec), options).all(),
            "find the end of the ledger " + ledger,
            servers)
        .get(ledger)
        .offset();
  }

  private ConnectorException stuck(long position, long end) {
    return new ConnectorException(
        "Tried to read the ledger "
            + ledger
            + " at "
            + servers
            + " to its end "
            + end
            + ", but after "
            + READ_TIMEOUT_MILLIS
            + " ms committed records end at "
            + position
            + ": "
            + OpenTransactions.describe(admin, ledger)
            + ". Only this job may write to its ledger: end that transaction, or wait until it times"
            + " out, and take the other writer's rights away.");
  }

  private UnrecoverableConnectorException cutOff(long beginning) {
    return new UnrecoverableConnectorException(
        "Tried to find the last completed checkpoint in the ledger "
            + ledger
            + " at "
            + servers
            + ", but its records before offset "
            + beginning
            + " were deleted and none of the rest names one. Which checkpoint is the last is lost: give"
            + " the job a new name and its start of its own, and keep retention.ms and retention.bytes"
            + " of ledgers at -1.");
  }

  private WeirException failed(KafkaException e) {
    return ClientFailures.of(e, "read the ledger " + ledger, servers);
  }
}
