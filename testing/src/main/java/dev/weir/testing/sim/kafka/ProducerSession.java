package dev.weir.testing.sim.kafka;

import dev.weir.testing.sim.Network;
import dev.weir.testing.sim.Scheduler;
import dev.weir.testing.sim.SimProcess;
import dev.weir.testing.sim.kafka.Batch.Marker;
import dev.weir.testing.sim.kafka.Batch.ProducerIdentity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.ConcurrentTransactionsException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionAbortedException;

/**
 * What a producer does between its calls, as Kafka's sender thread and transaction manager do it:
 * everything here happens in events of the producer's process.
 */
final class ProducerSession {
  private static final long DELIVERY_NANOS = TimeUnit.SECONDS.toNanos(120);
  private static final int LINGER_MICROS = 3_000;
  private static final int MOST_PER_BATCH = 40;

  /**
   * Kafka's sender asks whether anything is unsent, and then for the next request, under another
   * lock. What is sent and committed between the two is left behind by its own commit.
   */
  private static final int OVERTAKEN_ONE_IN = 20;

  private final SimCluster cluster;
  private final Network.Line line;
  private final String transactionalId;
  private final long timeoutMillis;
  private final Map<TopicPartition, SendQueue> queues = new LinkedHashMap<>();
  private State state = State.UNINITIALIZED;
  private ProducerIdentity producer = ProducerIdentity.NONE;
  private RuntimeException lastError;
  private Pending pending;
  private boolean isStarted;
  private boolean isPumped;
  private boolean isClosed;

  ProducerSession(SimCluster cluster, SimProcess process, Map<String, Object> settings) {
    this.cluster = cluster;
    this.line = cluster.network().line(process);
    this.transactionalId = (String) settings.get("transactional.id");
    this.timeoutMillis =
        Long.parseLong(String.valueOf(settings.getOrDefault("transaction.timeout.ms", 60_000)));
    if (transactionalId == null) {
      producer = cluster.coordinator().plainProducer();
    }
  }

  /** As Kafka's transaction manager names them. */
  enum State {
    UNINITIALIZED,
    INITIALIZING,
    READY,
    IN_TRANSACTION,
    COMMITTING,
    ABORTING,
    ABORTABLE_ERROR,
    FATAL_ERROR
  }

  /** A call whose outcome is awaited, perhaps more than once. */
  static final class Pending {
    private final String call;
    private boolean isDone;
    private RuntimeException failure;

    Pending(String call) {
      this.call = call;
    }

    String call() {
      return call;
    }

    boolean isDone() {
      return isDone;
    }

    void done() {
      isDone = true;
    }

    void failed(RuntimeException cause) {
      isDone = true;
      failure = cause;
    }
  }

  boolean isTransactional() {
    return transactionalId != null;
  }

  boolean isClosed() {
    return isClosed;
  }

  State state() {
    return state;
  }

  boolean isOngoing() {
    return state == State.IN_TRANSACTION
        || state == State.COMMITTING
        || state == State.ABORTING
        || state == State.ABORTABLE_ERROR;
  }

  boolean isIdle() {
    return queues.values().stream().allMatch(SendQueue::isEmpty);
  }

  // ---- calls

  /** What {@code call} has begun before and is not known to be over; begins it otherwise. */
  Pending once(String call, Runnable begin) {
    if (pending != null && !pending.call().equals(call)) {
      throw new IllegalStateException(
          "Cannot attempt operation `"
              + call
              + "` because the previous call to `"
              + pending.call()
              + "` timed out and must be retried");
    }
    if (pending == null) {
      Pending fresh = new Pending(call);
      pending = fresh;
      try {
        begin.run();
      } catch (RuntimeException refused) {
        pending = null;
        throw refused;
      }
    }
    return pending;
  }

  /** The outcome is known to the caller. */
  void acknowledged(Pending known) {
    pending = null;
    if (known.failure != null) {
      throw known.failure;
    }
  }

  void init() {
    failOnError();
    require(State.UNINITIALIZED, "initTransactions");
    state = State.INITIALIZING;
    askForId();
  }

  void begin() {
    failOnError();
    require(State.READY, "beginTransaction");
    state = State.IN_TRANSACTION;
    isStarted = false;
  }

  void commit() {
    failOnError();
    require(State.IN_TRANSACTION, "commitTransaction");
    state = State.COMMITTING;
    boolean isUnsent = isStarted && queues.values().stream().anyMatch(SendQueue::canBegin);
    if (isUnsent && scheduler().random().nextInt(OVERTAKEN_ONE_IN) == 0) {
      queues.values().forEach(SendQueue::strand);
    }
    endWhenIdle();
  }

  void abort() {
    if (state != State.ABORTABLE_ERROR) {
      failOnError();
      require(State.IN_TRANSACTION, "abortTransaction");
    }
    RuntimeException cause = lastError == null ? new TransactionAbortedException() : lastError;
    state = State.ABORTING;
    lastError = null;
    queues.values().forEach(queue -> queue.failWaiting(cause));
    endWhenIdle();
  }

  void send(TopicPartition partition, Outgoing record) {
    queues.computeIfAbsent(partition, SendQueue::new).add(record);
    isStarted = true;
    pumpSoon();
  }

  /** Throws what an earlier failure has left. */
  void failOnError() {
    if (state != State.ABORTABLE_ERROR && state != State.FATAL_ERROR) {
      return;
    }
    if (lastError instanceof ProducerFencedException) {
      throw new ProducerFencedException(lastError.getMessage());
    }
    if (lastError instanceof InvalidProducerEpochException) {
      throw new InvalidProducerEpochException(lastError.getMessage());
    }
    throw new KafkaException(
        "Cannot execute transactional method because we are in an error state", lastError);
  }

  void require(State wanted, String call) {
    if (state != wanted) {
      throw new IllegalStateException("Cannot " + call + " while " + state);
    }
  }

  /** Nothing is sent, and no answer is heard any more. */
  void close() {
    isClosed = true;
    KafkaException closed = new KafkaException("Producer is closed forcefully.");
    queues.values().forEach(queue -> queue.failWaiting(closed));
    queues.values().forEach(queue -> queue.failBatch(closed));
  }

  // ---- events

  private void pumpSoon() {
    if (!isPumped) {
      isPumped = true;
      after(scheduler().random().nextInt(LINGER_MICROS), this::pump);
    }
  }

  private void pump() {
    isPumped = false;
    for (SendQueue queue : List.copyOf(queues.values())) {
      if (queue.canBegin() && state != State.FATAL_ERROR) {
        List<Outgoing> batch = queue.begin(1 + scheduler().random().nextInt(MOST_PER_BATCH));
        List<SimRecord> records = batch.stream().map(Outgoing::record).toList();
        produce(queue, records, scheduler().nanos() + DELIVERY_NANOS);
      }
    }
  }

  private void produce(SendQueue queue, List<SimRecord> records, long untilNanos) {
    ProducerIdentity self = producer;
    int sequence = queue.sequence();
    request(
        "Produce",
        () -> cluster.produce(transactionalId, self, sequence, queue.partition(), records),
        offset -> {
          queue.written(offset);
          afterBatch();
        },
        (error, backoffMicros) -> {
          if (error != null && !(error instanceof RetriableException)) {
            batchFailed(queue, error);
          } else if (scheduler().nanos() >= untilNanos) {
            batchFailed(queue, new TimeoutException("Expiring a batch for " + queue.partition()));
          } else {
            after(backoffMicros, () -> produce(queue, records, untilNanos));
          }
        });
  }

  private void afterBatch() {
    pumpSoon();
    endWhenIdle();
  }

  private void batchFailed(SendQueue queue, ApiException error) {
    queue.failBatch(error);
    if (isTransactional()) {
      boolean isFatal =
          error instanceof ProducerFencedException || error instanceof InvalidPidMappingException;
      toError(isFatal ? State.FATAL_ERROR : State.ABORTABLE_ERROR, error);
    }
    afterBatch();
  }

  private void toError(State error, RuntimeException cause) {
    if (state == State.FATAL_ERROR || (state == State.ABORTING && error == State.ABORTABLE_ERROR)) {
      return;
    }
    state = error;
    lastError = cause;
    queues.values().forEach(queue -> queue.failWaiting(cause));
    if (pending != null && !pending.isDone()) {
      pending.failed(cause);
    }
  }

  private void askForId() {
    request(
        "InitProducerId",
        () -> cluster.init(transactionalId, timeoutMillis),
        identity -> {
          producer = identity;
          state = State.READY;
          pending.done();
        },
        (error, backoffMicros) -> {
          if (error != null && !(error instanceof RetriableException)) {
            toError(State.FATAL_ERROR, error);
          } else {
            after(backoffMicros, this::askForId);
          }
        });
  }

  private void endWhenIdle() {
    boolean isEnding = state == State.COMMITTING || state == State.ABORTING;
    if (!isEnding || !isIdle()) {
      return;
    }
    if (isStarted) {
      isStarted = false;
      end(state == State.COMMITTING ? Marker.COMMIT : Marker.ABORT);
    } else if (pending != null) {
      ended(producer);
    }
  }

  private void end(Marker marker) {
    ProducerIdentity self = producer;
    request(
        marker == Marker.COMMIT ? "EndTxn commit" : "EndTxn abort",
        () -> cluster.end(transactionalId, self, marker),
        this::ended,
        (error, backoffMicros) -> {
          if (error != null && !(error instanceof RetriableException)) {
            toError(State.FATAL_ERROR, error);
          } else {
            after(backoffMicros, () -> end(marker));
          }
        });
  }

  private void ended(ProducerIdentity next) {
    if (next.epoch() != producer.epoch()) {
      queues.values().forEach(SendQueue::restart);
    }
    producer = next;
    state = State.READY;
    if (pending != null) {
      pending.done();
    }
  }

  /** Told of a refusal, or of nothing, and of how long to wait before the next try. */
  private interface Trouble {
    void found(ApiException error, int backoffMicros);
  }

  private <R> void request(String kind, Supplier<R> effect, Consumer<R> then, Trouble otherwise) {
    Supplier<Outcome<R>> guarded = () -> Outcome.of(effect);
    line.send(
        kind,
        guarded,
        answer -> {
          if (isClosed) {
            return;
          }
          if (answer.isEmpty()) {
            otherwise.found(null, 50_000);
          } else if (answer.get().error() == null) {
            then.accept(answer.get().value());
          } else {
            boolean isSoonOver = answer.get().error() instanceof ConcurrentTransactionsException;
            otherwise.found(answer.get().error(), isSoonOver ? 5_000 : 100_000);
          }
        });
  }

  private void after(int micros, Runnable action) {
    scheduler()
        .later(
            line.process(),
            TimeUnit.MICROSECONDS.toNanos(micros),
            "producer",
            () -> {
              if (!isClosed) {
                action.run();
              }
            });
  }

  private Scheduler scheduler() {
    return cluster.scheduler();
  }
}
