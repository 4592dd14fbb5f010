package dev.weir.connectors.kafka.sink.ledger;

import dev.weir.connector.CheckpointLedger;
import dev.weir.connector.ConnectorContext;
import dev.weir.connector.LedgerEntry;
import dev.weir.connector.LedgerTiming;
import dev.weir.connectors.kafka.ClientFailures;
import dev.weir.connectors.kafka.ClientKind;
import dev.weir.connectors.kafka.sink.CountedProducer;
import dev.weir.connectors.kafka.sink.LedgerOptions;
import dev.weir.connectors.kafka.sink.RecordOutput;
import dev.weir.connectors.kafka.sink.TopicDirectory;
import dev.weir.connectors.kafka.sink.ledger.LedgerRecord.Completed;
import dev.weir.connectors.kafka.sink.ledger.LedgerRecord.Forgotten;
import dev.weir.error.ConnectorException;
import dev.weir.error.WeirException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * The ledger of a job in a Kafka topic of its own. An entry is a record in the same transaction as
 * the checkpoint's output, so the commit of that transaction completes the checkpoint. Called by
 * one I/O thread at a time, but for {@link #close}, which ends a call that is under way.
 */
public final class KafkaLedger implements CheckpointLedger {
  private final LedgerOptions options;
  private final ConnectorContext context;
  private final LedgerTiming timing;
  private final TopicPartition ledger;
  private volatile ProducerPool pool;
  private LedgerSender sender;
  private TransactionMender mender;
  private volatile LedgerTail tail;
  private LedgerJudge judge;
  private long attempt;
  private volatile OutputTransactions output;
  private volatile boolean isClosed;

  KafkaLedger(LedgerOptions options, ConnectorContext context, LedgerTiming timing) {
    this.options = options;
    this.context = context;
    this.timing = timing;
    this.ledger = new TopicPartition(options.topicOf(context.jobName()), 0);
  }

  @Override
  public TakeOver takeOver() {
    mender = new TransactionMender(options, context.jobName(), ledger);
    long timeoutMillis;
    LedgerTakeOver.Taken taken;
    try (LedgerReader reader = reader()) {
      timeoutMillis = prepareCluster(reader.admin());
      sender = new LedgerSender(ledger, context.clock(), timeoutMillis, () -> isClosed);
      taken =
          new LedgerTakeOver(
                  context.jobName(),
                  () -> ProducerPool.make(options, context, timeoutMillis),
                  reader,
                  sender,
                  mender,
                  options.clients().random())
              .run();
    }
    pool = taken.pool();
    attempt = taken.attempt();
    tail =
        new LedgerTail(
            ledger,
            servers(),
            () -> consumer("-tail", "read_committed"),
            mender::hangsInLedger,
            context.clock(),
            timeoutMillis);
    if (isClosed) {
      close();
      throw new ConnectorException(
          "The ledger " + ledger + " was closed while it was taken over. Start the job again.");
    }
    judge = new LedgerJudge(context.jobName(), servers(), this::reader, taken, timeoutMillis);
    output =
        new OutputTransactions(
            pool,
            new TopicDirectory(
                options,
                pool.producers(),
                (admin, topic) -> mender.mendTopic(admin, topic, judge::checkNewest)),
            context.io(),
            judge::meaningOf);
    return new TakeOver(taken.attempt(), taken.log().lastCompleted());
  }

  @Override
  public void complete(LedgerEntry entry) {
    CountedProducer held = transactions().held(entry.checkpointId());
    try {
      long offset =
          sender.commit(
              held.producer(),
              new Completed(entry, mender.topicsToName(transactions().topics().known())));
      if (!tail.awaitCommitted(offset)) {
        throw new KafkaException("Its end was lost, and it was aborted by a later attempt");
      }
    } catch (KafkaException e) {
      if (isClosed || e instanceof InterruptException) {
        throw ClientFailures.of(e, "complete checkpoint " + entry.checkpointId(), servers());
      }
      abort(held, e);
      judge.checkCompleted(entry, e);
    }
    transactions().committed();
  }

  @Override
  public void forget() {
    CountedProducer empty = transactions().heldEmpty();
    try {
      sender.commit(empty.producer(), new Forgotten(attempt, sender.nowMillis()));
    } catch (KafkaException e) {
      throw judge.meaningOf(e);
    }
    transactions().committed();
  }

  @Override
  public void checkNewest() {
    if (judge != null && !tail.isEndLost()) { // Else the ledger cannot be read to its end.
      judge.checkNewest();
    }
  }

  @Override
  public void close() {
    isClosed = true;
    if (tail != null) {
      tail.close();
    }
    if (pool != null && output != null && output.failure().isEmpty()) {
      pool.close(output.open());
    } else if (pool != null) {
      pool.close();
    }
  }

  /**
   * @return where the job's writers write
   */
  public RecordOutput output() {
    return transactions();
  }

  /**
   * @param sink options of a sink
   * @return whether it can write through this ledger
   */
  public boolean serves(LedgerOptions sink) {
    return options.settings().sameServers(sink.settings());
  }

  /**
   * @return addresses of the ledger's brokers
   */
  public String servers() {
    return options.settings().servers();
  }

  private OutputTransactions transactions() {
    if (output == null) {
      throw new IllegalStateException("The ledger " + ledger + " is not taken over yet.");
    }
    return output;
  }

  /**
   * Checks what the cluster allows, makes the topic; returns how long a transaction may be open.
   */
  private long prepareCluster(Admin admin) {
    try {
      ClusterLimits limits = ClusterLimits.find(admin, servers());
      Optional<Object> given =
          Optional.ofNullable(
              options.settings().of(ClientKind.PRODUCER).get("transaction.timeout.ms"));
      long millis = TransactionTiming.timeoutMillis(timing, given, limits.maxTransactionMillis());
      new LedgerTopic(admin, options, ledger.topic()).ensure(limits.brokers());
      return millis;
    } catch (KafkaException e) {
      throw ClientFailures.of(e, "prepare the ledger " + ledger.topic(), servers());
    }
  }

  /**
   * Frees the ledger's end: an abortable transaction would stay open and nobody could read past.
   */
  private static void abort(CountedProducer held, KafkaException failure) {
    try {
      held.producer().abortTransaction();
    } catch (KafkaException | IllegalStateException e) {
      failure.addSuppressed(e); // The broker has ended it already, which the ledger tells.
    }
  }

  private LedgerReader reader() {
    Admin admin = admin();
    try {
      return new LedgerReader(
          consumer("", "read_committed"),
          () -> consumer("-all", "read_uncommitted"),
          admin,
          ledger,
          servers(),
          context.clock());
    } catch (WeirException e) {
      admin.close(Duration.ZERO);
      throw e;
    }
  }

  private Consumer<ByteBuffer, ByteBuffer> consumer(String suffix, String isolation) {
    Map<String, Object> settings = options.settings().of(ClientKind.CONSUMER);
    settings.remove("group.id");
    settings.putIfAbsent("client.id", "weir-" + context.jobName() + "-ledger" + suffix);
    settings.putIfAbsent("fetch.max.wait.ms", 20);
    settings.put("enable.auto.commit", false);
    settings.put("isolation.level", isolation);
    settings.put("auto.offset.reset", "none");
    settings.put("allow.auto.create.topics", false);
    try {
      return options.clients().consumer(settings);
    } catch (KafkaException e) {
      throw failedToMake(e);
    }
  }

  private Admin admin() {
    Map<String, Object> settings = options.settings().of(ClientKind.ADMIN);
    settings.putIfAbsent("client.id", "weir-" + context.jobName() + "-ledger");
    try {
      return options.clients().admin(settings);
    } catch (KafkaException e) {
      throw failedToMake(e);
    }
  }

  private WeirException failedToMake(KafkaException e) {
    return ClientFailures.of(e, "make a client for the ledger " + ledger, servers());
  }
}
