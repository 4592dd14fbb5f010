package dev.weir.testing.sim.kafka;

import dev.weir.connectors.kafka.KafkaClients;
import dev.weir.testing.sim.Network;
import dev.weir.testing.sim.Scheduler;
import dev.weir.testing.sim.SimProcess;
import dev.weir.testing.sim.kafka.Batch.Marker;
import dev.weir.testing.sim.kafka.Batch.ProducerIdentity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.CoordinatorLoadInProgressException;
import org.apache.kafka.common.errors.NotCoordinatorException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** A cluster of one broker, with {@code transaction.version} 2. Used by whoever has the baton. */
public final class SimCluster {
  private final Network network;
  private final Topics topics;
  private final Leadership leadership;
  private final TransactionCoordinator coordinator;
  private final Map<String, Map<TopicPartition, OffsetAndMetadata>> groups = new HashMap<>();

  /**
   * @param network carries requests to it
   */
  public SimCluster(Network network) {
    this.network = network;
    this.topics = new Topics(network.scheduler().random());
    this.leadership = new Leadership(network.scheduler());
    this.coordinator = new TransactionCoordinator(network.scheduler(), topics, leadership);
  }

  /**
   * @param process whose clients they are
   * @return makes clients
   */
  public KafkaClients clients(SimProcess process) {
    return new SimClients(this, process);
  }

  // ---- what a test does, at once

  /**
   * @param name of the topic
   * @param partitions how many
   */
  public void createTopic(String name, int partitions) {
    topics.create(name, partitions, Map.of());
  }

  /**
   * @param name of the topic
   * @param upTo how many it has then
   */
  public void addPartitions(String name, int upTo) {
    topics.addPartitions(name, upTo);
  }

  /**
   * @param name of the topic; one that is made anew is another one
   */
  public void deleteTopic(String name) {
    topics.delete(name);
  }

  /**
   * @param partition of a topic
   * @param offset before it, everything goes, as by retention
   */
  public void deleteBefore(TopicPartition partition, long offset) {
    log(partition).deleteBefore(offset);
  }

  /** The next transaction will be ended, and no partition told. */
  public void forgetMarkers() {
    coordinator().forgetMarkers();
  }

  /**
   * The leader of a partition goes away, and after a while there is another one, which has all that
   * was acknowledged, and perhaps more.
   *
   * @param which of all partitions of all topics, counted round
   * @param forMillis for how long nobody leads it
   */
  public void moveLeader(int which, long forMillis) {
    List<TopicPartition> all = new ArrayList<>();
    topics
        .all()
        .forEach(
            (name, topic) -> {
              for (int i = 0; i < topic.partitions().size(); i++) {
                all.add(new TopicPartition(name, i));
              }
            });
    leadership.move(all.get(which % all.size()), TimeUnit.MILLISECONDS.toNanos(forMillis));
  }

  /**
   * The same with the transaction coordinator.
   *
   * @param forMillis for how long there is none, or one that is not ready
   */
  public void moveCoordinator(long forMillis) {
    leadership.moveCoordinator(TimeUnit.MILLISECONDS.toNanos(forMillis));
  }

  /**
   * @return how many requests found no leader, or one that was going away
   */
  public long turnedAway() {
    return leadership.turnedAway();
  }

  /**
   * @param partition of which every record goes, as by retention
   */
  public void deleteAll(TopicPartition partition) {
    topics.find(partition).ifPresent(log -> log.deleteBefore(log.end()));
  }

  /**
   * Appends a record that counts at once.
   *
   * @param partition where to
   * @param key its key
   * @param value its value
   * @param timestamp its time, epoch milliseconds
   */
  public void append(TopicPartition partition, byte[] key, byte[] value, long timestamp) {
    append(partition, ProducerIdentity.NONE, key, value, timestamp);
  }

  /**
   * Appends a record in a transaction that is ended at once.
   *
   * @param partition where to
   * @param key its key
   * @param value its value
   * @param timestamp its time, epoch milliseconds
   * @param isCommitted whether it is committed, or else aborted
   */
  public void appendInTransaction(
      TopicPartition partition, byte[] key, byte[] value, long timestamp, boolean isCommitted) {
    ProducerIdentity producer = coordinator.plainProducer();
    append(partition, producer, key, value, timestamp);
    log(partition).end(producer, isCommitted ? Marker.COMMIT : Marker.ABORT);
  }

  /**
   * @param topic a topic
   * @param isolation who reads
   * @return all that such a reader sees now, partition by partition
   */
  public List<ConsumerRecord<byte[], byte[]>> read(String topic, IsolationLevel isolation) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    List<PartitionLog> logs = topics.find(topic).orElseThrow().partitions();
    for (int partition = 0; partition < logs.size(); partition++) {
      read(new TopicPartition(topic, partition), isolation, records::add);
    }
    return records;
  }

  /**
   * A record of a committed transaction.
   *
   * @param transaction equal for records of one transaction, and for no others
   * @param record the record
   */
  public record Committed(Object transaction, ConsumerRecord<byte[], byte[]> record) {}

  /**
   * @return the names of all topics
   */
  public Set<String> topicNames() {
    return Set.copyOf(topics.all().keySet());
  }

  /**
   * @param topic a topic
   * @return all records of committed transactions, partition by partition
   */
  public List<Committed> committed(String topic) {
    List<Committed> found = new ArrayList<>();
    List<PartitionLog> logs = topics.find(topic).orElseThrow().partitions();
    for (int partition = 0; partition < logs.size(); partition++) {
      TopicPartition of = new TopicPartition(topic, partition);
      visible(of, IsolationLevel.READ_COMMITTED)
          .filter(Batch::isTransactional)
          .forEach(
              batch ->
                  read(of, batch, record -> found.add(new Committed(batch.producer(), record))));
    }
    return found;
  }

  /**
   * @return whether it can be reached now, with a leader of each partition, and has every topic
   *     that it ever had
   */
  public boolean isReachable() {
    return network.isReachable() && leadership.isWhole() && topics.areAllThere();
  }

  /**
   * @return what is not decided, one line each; empty if every transaction is over
   */
  public List<String> undecided() {
    List<String> open = new ArrayList<>();
    coordinator.all().stream()
        .filter(transaction -> transaction.state == Transaction.State.ONGOING)
        .forEach(transaction -> open.add(transaction.id + " is open"));
    topics
        .all()
        .forEach(
            (name, topic) ->
                topic.partitions().stream()
                    .filter(log -> log.lastStable() < log.end())
                    .forEach(
                        log ->
                            open.add(
                                name + " ends at " + log.end() + ", stable " + log.lastStable())));
    return open;
  }

  // ---- what clients ask for, when it has come to the broker

  Network network() {
    return network;
  }

  Scheduler scheduler() {
    return network.scheduler();
  }

  Topics topics() {
    return topics;
  }

  TransactionCoordinator coordinator() {
    return coordinator;
  }

  Map<TopicPartition, OffsetAndMetadata> group(String id) {
    return groups.computeIfAbsent(id, g -> new HashMap<>());
  }

  Leadership leadership() {
    return leadership;
  }

  /** A partition as its leader has it. */
  PartitionLog led(TopicPartition partition) {
    leadership.requireLed(partition);
    return log(partition);
  }

  PartitionLog log(TopicPartition partition) {
    return topics
        .find(partition)
        .orElseThrow(() -> new UnknownTopicOrPartitionException("There is no " + partition));
  }

  long produce(
      String transactionalId,
      ProducerIdentity producer,
      int sequence,
      TopicPartition partition,
      List<SimRecord> records) {
    leadership.requireLed(partition);
    PartitionLog log = log(partition);
    if (transactionalId != null) {
      addToTransaction(transactionalId, producer, partition);
    }
    return leadership.led(
        partition, () -> log.append(producer, sequence, transactionalId != null, records));
  }

  /** A partition's leader asks the coordinator; that one's troubles clients shall not know. */
  private void addToTransaction(
      String transactionalId, ProducerIdentity producer, TopicPartition partition) {
    try {
      leadership.coordinated(
          () -> {
            coordinator.add(transactionalId, producer, partition);
            return true;
          });
    } catch (NotCoordinatorException | CoordinatorLoadInProgressException troubled) {
      throw new NotEnoughReplicasException(troubled.getMessage());
    }
  }

  /** As {@link TransactionCoordinator#init}, where there is a coordinator. */
  ProducerIdentity init(String transactionalId, long timeoutMillis) {
    return leadership.coordinated(() -> coordinator.init(transactionalId, timeoutMillis));
  }

  /** As {@link TransactionCoordinator#end}, where there is a coordinator. */
  ProducerIdentity end(String transactionalId, ProducerIdentity producer, Batch.Marker marker) {
    return leadership.coordinated(() -> coordinator.end(transactionalId, producer, marker));
  }

  long end(TopicPartition partition, IsolationLevel isolation) {
    PartitionLog log = log(partition);
    return isolation == IsolationLevel.READ_COMMITTED ? log.lastStable() : log.end();
  }

  private void read(
      TopicPartition partition,
      IsolationLevel isolation,
      Consumer<ConsumerRecord<byte[], byte[]>> to) {
    visible(partition, isolation).forEach(batch -> read(partition, batch, to));
  }

  private Stream<Batch> visible(TopicPartition partition, IsolationLevel isolation) {
    PartitionLog log = log(partition);
    return log.batches(log.start(), end(partition, isolation)).stream()
        .filter(batch -> isolation == IsolationLevel.READ_UNCOMMITTED || log.isVisible(batch));
  }

  private static void read(
      TopicPartition partition, Batch batch, Consumer<ConsumerRecord<byte[], byte[]>> to) {
    long offset = batch.baseOffset();
    for (SimRecord record : batch.records()) {
      to.accept(
          new ConsumerRecord<>(
              partition.topic(),
              partition.partition(),
              offset++,
              record.timestamp(),
              TimestampType.CREATE_TIME,
              ConsumerRecord.NULL_SIZE,
              ConsumerRecord.NULL_SIZE,
              record.key(),
              record.value(),
              record.headers(),
              Optional.empty()));
    }
  }

  private void append(
      TopicPartition partition,
      ProducerIdentity producer,
      byte[] key,
      byte[] value,
      long timestamp) {
    SimRecord record = new SimRecord(key, value, new RecordHeaders(), timestamp);
    log(partition).append(producer, 0, producer.id() >= 0, List.of(record));
  }
}
