package dev.weir.testing.broker;

import dev.weir.error.WeirException;
import dev.weir.testing.fault.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * What a test does with topics: create, fill, read, and look at transactions. Keys and values are
 * text. Every call blocks until it is done, at most a minute. Confined to one thread at a time.
 */
public final class TopicAdmin implements AutoCloseable {
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final AtomicInteger FRESH = new AtomicInteger();

  private final String bootstrapServers;
  private final Admin admin;

  /**
   * @param bootstrapServers address of the broker
   */
  public TopicAdmin(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
    this.admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                "5000", // Of several brokers one may stand still.
                AdminClientConfig.RETRY_BACKOFF_MS_CONFIG,
                "20"));
  }

  /**
   * @return the address of the broker
   */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /**
   * @return the client behind this, for what this class does not offer; closed with it
   */
  public Admin client() {
    return admin;
  }

  /**
   * Creates a topic with a name that no other test has.
   *
   * @param hint what the name starts with
   * @param partitions number of partitions
   * @return the name
   */
  public String createFresh(String hint, int partitions) {
    String name =
        "%s-%d-%d".formatted(hint, ProcessHandle.current().pid(), FRESH.incrementAndGet());
    create(name, partitions);
    return name;
  }

  /**
   * @param name the new topic
   * @param partitions number of partitions
   */
  public void create(String name, int partitions) {
    create(new NewTopic(name, Optional.of(partitions), Optional.empty()));
  }

  /**
   * @param topic the new topic, with settings of its own
   */
  public void create(NewTopic topic) {
    await("create topic " + topic.name(), admin.createTopics(List.of(topic)).all());
  }

  /**
   * @param topic an existing topic
   * @param total number of partitions it shall have
   */
  public void growTo(String topic, int total) {
    await(
        "grow topic " + topic,
        admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(total))).all());
  }

  /**
   * @param topic an existing topic
   */
  public void delete(String topic) {
    await("delete topic " + topic, admin.deleteTopics(List.of(topic)).all());
  }

  /**
   * Writes one record outside of any transaction; Kafka chooses the partition by the key.
   *
   * @param topic where to
   * @param key its key
   * @param value its value
   */
  public void produce(String topic, String key, String value) {
    produce(List.of(new ProducerRecord<>(topic, key, value)));
  }

  /**
   * Writes records outside of any transaction, in order, and waits until all are acknowledged.
   *
   * @param records what to write
   */
  public void produce(Collection<ProducerRecord<String, String>> records) {
    try (KafkaProducer<String, String> producer = producer(Map.of())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      records.forEach(record -> sent.add(producer.send(record)));
      sent.forEach(future -> await("write a record", future));
    }
  }

  /**
   * A producer for a test that wants the transactions themselves; the caller closes it.
   *
   * @param transactionalId its transactional id
   * @return a producer after {@code initTransactions}
   */
  public KafkaProducer<String, String> transactionalProducer(String transactionalId) {
    return transactionalProducer(transactionalId, Duration.ofMinutes(1));
  }

  /**
   * A producer whose transactions the broker aborts after this time; the caller closes it.
   *
   * @param transactionalId its transactional id
   * @param timeout {@code transaction.timeout.ms}
   * @return a producer after {@code initTransactions}
   */
  public KafkaProducer<String, String> transactionalProducer(
      String transactionalId, Duration timeout) {
    KafkaProducer<String, String> producer =
        producer(
            Map.of(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                transactionalId,
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                Math.toIntExact(timeout.toMillis())));
    producer.initTransactions();
    return producer;
  }

  /**
   * @param topic what to read
   * @return all records that a {@code read_committed} reader sees up to now, by partition, in order
   */
  public List<ConsumerRecord<String, String>> readCommitted(String topic) {
    return read(topic, IsolationLevel.READ_COMMITTED);
  }

  /**
   * @param topic what to read
   * @return all records up to now, also those of open and aborted transactions, by partition, in
   *     order
   */
  public List<ConsumerRecord<String, String>> readUncommitted(String topic) {
    return read(topic, IsolationLevel.READ_UNCOMMITTED);
  }

  /**
   * @param topic a topic
   * @return for each partition the end of all that is written
   */
  public Map<Integer, Long> endOffsets(String topic) {
    return offsets(topic, IsolationLevel.READ_UNCOMMITTED);
  }

  /**
   * The last stable offsets: what {@code read_committed} readers reach. They are below {@link
   * #endOffsets} exactly while a transaction is open in the partition.
   *
   * @param topic a topic
   * @return for each partition the last stable offset
   */
  public Map<Integer, Long> stableOffsets(String topic) {
    return offsets(topic, IsolationLevel.READ_COMMITTED);
  }

  /**
   * Waits until no transaction is open in the topic. A commit returns before its markers are
   * written, so a test that reads right after it must wait for this.
   *
   * @param topic a topic whose transactions all end
   * @throws WeirException if one is still open after a minute
   */
  public void awaitStable(String topic) {
    Await.until(
        "the end of all transactions in " + topic,
        BOUND,
        () -> stableOffsets(topic).equals(endOffsets(topic)));
  }

  /**
   * @return the transactional ids whose transaction is not ended, or not yet in all partitions
   */
  public List<String> openTransactions() {
    ListTransactionsOptions open =
        new ListTransactionsOptions()
            .filterStates(
                List.of(
                    TransactionState.ONGOING,
                    TransactionState.PREPARE_COMMIT,
                    TransactionState.PREPARE_ABORT));
    return await("list transactions", admin.listTransactions(open).all()).stream()
        .map(TransactionListing::transactionalId)
        .sorted()
        .toList();
  }

  /**
   * @param topic an existing topic
   * @return the number of its partitions
   */
  public int partitions(String topic) {
    return await("describe " + topic, admin.describeTopics(List.of(topic)).allTopicNames())
        .get(topic)
        .partitions()
        .size();
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }

  private List<ConsumerRecord<String, String>> read(String topic, IsolationLevel isolation) {
    List<ConsumerRecord<String, String>> all = new ArrayList<>();
    TopicReader.text(bootstrapServers).read(topic, isolation, all::add);
    return all;
  }

  private Map<Integer, Long> offsets(String topic, IsolationLevel isolation) {
    Map<TopicPartition, OffsetSpec> wanted =
        IntStream.range(0, partitions(topic))
            .mapToObj(partition -> new TopicPartition(topic, partition))
            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
    Map<Integer, Long> offsets = new TreeMap<>();
    await(
            "list offsets of " + topic,
            admin.listOffsets(wanted, new ListOffsetsOptions(isolation)).all())
        .forEach((partition, found) -> offsets.put(partition.partition(), found.offset()));
    return offsets;
  }

  private KafkaProducer<String, String> producer(Map<String, Object> more) {
    Map<String, Object> config = new TreeMap<>(more);
    config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    config.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, "5");
    return new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
  }

  private <T> T await(String what, Future<T> future) {
    try {
      return future.get(BOUND.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
      throw new WeirException(
          "Tried to " + what + " at " + bootstrapServers + ", the broker did not; see the cause.",
          cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WeirException(
          "Tried to " + what + ", the thread was interrupted; look for who gave up on it.", e);
    }
  }
}
