package dev.weir.testing.sim.kafka;

import dev.weir.testing.sim.Network;
import dev.weir.testing.sim.SimProcess;
import dev.weir.testing.sim.kafka.Batch.Marker;
import dev.weir.testing.sim.kafka.Batch.ProducerIdentity;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.AbortTransactionOptions;
import org.apache.kafka.clients.admin.AbortTransactionResult;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.AlterConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.AlterConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeConfigsResult;
import org.apache.kafka.clients.admin.DescribeFeaturesOptions;
import org.apache.kafka.clients.admin.DescribeFeaturesResult;
import org.apache.kafka.clients.admin.DescribeProducersOptions;
import org.apache.kafka.clients.admin.DescribeProducersResult;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.DescribeTransactionsOptions;
import org.apache.kafka.clients.admin.DescribeTransactionsResult;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.ListTransactionsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.CoordinatorLoadInProgressException;
import org.apache.kafka.common.errors.NotCoordinatorException;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.protocol.Errors;

/**
 * The calls of an admin client; see its interface. Each asks the broker and waits, so that the
 * futures are complete when they are given.
 */
final class SimAdmin {
  static final Node NODE = new Node(1, "simulated", 9092);

  private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(15);
  private static final long BACKOFF_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final Map<String, String> TOPIC_DEFAULTS =
      Map.of("cleanup.policy", "delete", "retention.ms", "604800000", "retention.bytes", "-1");

  private final SimCluster cluster;
  private final Network.Line line;

  SimAdmin(SimCluster cluster, SimProcess process) {
    this.cluster = cluster;
    this.line = cluster.network().line(process);
  }

  DescribeTopicsResult describeTopics(Collection<String> names, DescribeTopicsOptions options) {
    return AdminAnswers.topics(each("DescribeTopics", names, this::describe));
  }

  CreateTopicsResult createTopics(Collection<NewTopic> topics, CreateTopicsOptions options) {
    Map<String, KafkaFuture<CreateTopicsResult.TopicMetadataAndConfig>> answers = new HashMap<>();
    each("CreateTopics", topics, this::create)
        .forEach((topic, answer) -> answers.put(topic.name(), answer));
    return AdminAnswers.created(answers);
  }

  ListOffsetsResult listOffsets(Map<TopicPartition, OffsetSpec> specs, ListOffsetsOptions options) {
    return new ListOffsetsResult(
        each("ListOffsets", specs.keySet(), partition -> offset(partition, specs, options)));
  }

  DescribeClusterResult describeCluster(DescribeClusterOptions options) {
    return AdminAnswers.cluster(ask("DescribeCluster", () -> List.of(NODE)));
  }

  DescribeFeaturesResult describeFeatures(DescribeFeaturesOptions options) {
    Outcome<Integer> answer = await("DescribeFeatures", () -> 2);
    return answer.error() == null
        ? AdminAnswers.features(answer.value())
        : AdminAnswers.features(answer.error());
  }

  DescribeConfigsResult describeConfigs(
      Collection<ConfigResource> resources, DescribeConfigsOptions options) {
    return AdminAnswers.configs(each("DescribeConfigs", resources, this::configOf));
  }

  DescribeProducersResult describeProducers(
      Collection<TopicPartition> partitions, DescribeProducersOptions options) {
    return AdminAnswers.producers(each("DescribeProducers", partitions, this::producersOf));
  }

  DescribeTransactionsResult describeTransactions(
      Collection<String> ids, DescribeTransactionsOptions options) {
    return AdminAnswers.described(each("DescribeTransactions", ids, this::describeTransaction));
  }

  AbortTransactionResult abortTransaction(
      AbortTransactionSpec spec, AbortTransactionOptions options) {
    ProducerIdentity producer = new ProducerIdentity(spec.producerId(), spec.producerEpoch());
    return AdminAnswers.aborted(
        each(
            "WriteTxnMarkers",
            List.of(spec.topicPartition()),
            partition -> {
              cluster.led(partition).end(producer, Marker.ABORT);
              return null;
            }));
  }

  ListTransactionsResult listTransactions(ListTransactionsOptions options) {
    return AdminAnswers.transactions(
        cluster.coordinator().all().stream()
            .map(t -> new TransactionListing(t.id, t.producer.id(), TransactionState.UNKNOWN))
            .filter(
                t ->
                    options.filteredProducerIds().isEmpty()
                        || options.filteredProducerIds().contains(t.producerId()))
            .toList());
  }

  ListConsumerGroupOffsetsResult listConsumerGroupOffsets(
      Map<String, ListConsumerGroupOffsetsSpec> groups, ListConsumerGroupOffsetsOptions options) {
    return AdminAnswers.groupOffsets(
        each("OffsetFetch", groups.keySet(), group -> Map.copyOf(cluster.group(group))));
  }

  AlterConsumerGroupOffsetsResult alterConsumerGroupOffsets(
      String group,
      Map<TopicPartition, OffsetAndMetadata> offsets,
      AlterConsumerGroupOffsetsOptions options) {
    return AdminAnswers.altered(ask("OffsetCommit", () -> commit(group, offsets)));
  }

  void close() {
    close(Duration.ZERO);
  }

  void close(Duration timeout) {
    cluster.scheduler().point("admin closes", 0);
  }

  private Map<TopicPartition, Errors> commit(
      String group, Map<TopicPartition, OffsetAndMetadata> offsets) {
    Map<TopicPartition, Errors> answers = new HashMap<>();
    offsets.forEach(
        (partition, offset) -> {
          boolean isThere = cluster.topics().find(partition).isPresent();
          answers.put(partition, isThere ? Errors.NONE : Errors.UNKNOWN_TOPIC_OR_PARTITION);
          if (isThere) {
            cluster.group(group).put(partition, offset);
          }
        });
    return answers;
  }

  private TopicDescription describe(String name) {
    Topics.Topic topic =
        cluster
            .topics()
            .find(name)
            .orElseThrow(() -> new UnknownTopicOrPartitionException("There is no " + name));
    List<TopicPartitionInfo> partitions =
        IntStream.range(0, topic.partitions().size())
            .mapToObj(i -> new TopicPartitionInfo(i, NODE, List.of(NODE), List.of(NODE)))
            .toList();
    return new TopicDescription(name, false, partitions, null, topic.id());
  }

  private CreateTopicsResult.TopicMetadataAndConfig create(NewTopic topic) {
    cluster.topics().create(topic.name(), topic.numPartitions(), topic.configs());
    return new CreateTopicsResult.TopicMetadataAndConfig(
        cluster.topics().find(topic.name()).orElseThrow().id(),
        topic.numPartitions(),
        1,
        new Config(List.of()));
  }

  private ListOffsetsResult.ListOffsetsResultInfo offset(
      TopicPartition partition, Map<TopicPartition, OffsetSpec> specs, ListOffsetsOptions options) {
    OffsetSpec spec = specs.get(partition);
    cluster.leadership().requireLed(partition);
    long offset;
    if (spec instanceof OffsetSpec.EarliestSpec) {
      offset = cluster.log(partition).start();
    } else if (spec instanceof OffsetSpec.LatestSpec) {
      offset = cluster.end(partition, options.isolationLevel());
    } else {
      throw new UnsupportedOperationException("The simulated broker finds no " + spec);
    }
    return new ListOffsetsResult.ListOffsetsResultInfo(offset, -1, Optional.of(0));
  }

  private Config configOf(ConfigResource resource) {
    if (resource.type() == ConfigResource.Type.BROKER) {
      return new Config(List.of(new ConfigEntry("transaction.max.timeout.ms", "900000")));
    }
    Map<String, String> settings = new HashMap<>(TOPIC_DEFAULTS);
    settings.putAll(
        cluster
            .topics()
            .find(resource.name())
            .orElseThrow(() -> new UnknownTopicOrPartitionException(resource.name()))
            .settings());
    return new Config(
        settings.entrySet().stream()
            .map(entry -> new ConfigEntry(entry.getKey(), entry.getValue()))
            .toList());
  }

  private TransactionDescription describeTransaction(String id) {
    return cluster.leadership().coordinated(() -> transaction(id));
  }

  private TransactionDescription transaction(String id) {
    Transaction found =
        cluster.coordinator().all().stream()
            .filter(transaction -> transaction.id.equals(id))
            .findFirst()
            .orElseThrow(() -> new TransactionalIdNotFoundException("There is no " + id));
    return new TransactionDescription(
        NODE.id(),
        TransactionState.valueOf(found.state.name()),
        found.producer.id(),
        found.producer.epoch(),
        TimeUnit.NANOSECONDS.toMillis(found.timeoutNanos),
        OptionalLong.empty(),
        Set.copyOf(found.partitions));
  }

  private DescribeProducersResult.PartitionProducerState producersOf(TopicPartition partition) {
    List<ProducerState> known =
        cluster.led(partition).producers().entrySet().stream()
            .map(
                entry ->
                    new ProducerState(
                        entry.getKey().id(),
                        entry.getKey().epoch(),
                        -1,
                        -1,
                        OptionalInt.empty(),
                        entry.getValue()))
            .toList();
    return new DescribeProducersResult.PartitionProducerState(known);
  }

  /** Asks one question about many things in one request. */
  private <Q, R> Map<Q, KafkaFuture<R>> each(
      String kind, Collection<Q> things, Function<Q, R> question) {
    Outcome<Map<Q, Outcome<R>>> answer =
        await(
            kind,
            () -> {
              Map<Q, Outcome<R>> found = new HashMap<>();
              things.forEach(thing -> found.put(thing, Outcome.of(() -> question.apply(thing))));
              found.values().forEach(SimAdmin::throwIfLeaderless);
              return found;
            });
    Map<Q, KafkaFuture<R>> futures = new HashMap<>();
    things.forEach(
        thing ->
            futures.put(
                thing,
                answer.error() == null
                    ? future(answer.value().get(thing))
                    : AdminAnswers.failed(answer.error())));
    return futures;
  }

  private <R> KafkaFuture<R> ask(String kind, Supplier<R> question) {
    return future(await(kind, question));
  }

  private static <R> KafkaFuture<R> future(Outcome<R> answer) {
    return answer.error() == null
        ? KafkaFuture.completedFuture(answer.value())
        : AdminAnswers.failed(answer.error());
  }

  /** The whole question is asked again, as if each part of it had been. */
  private static void throwIfLeaderless(Outcome<?> answer) {
    if (isLeaderless(answer)) {
      throw answer.error();
    }
  }

  private static boolean isLeaderless(Outcome<?> answer) {
    return answer.error() instanceof NotLeaderOrFollowerException
        || answer.error() instanceof NotCoordinatorException
        || answer.error() instanceof CoordinatorLoadInProgressException;
  }

  /** Asks again until there is an answer of a leader, or the time is over. */
  private <R> Outcome<R> await(String kind, Supplier<R> question) {
    long until = cluster.scheduler().nanos() + TIMEOUT_NANOS;
    while (cluster.scheduler().nanos() < until) {
      Question<R> asked = new Question<>();
      line.send(
          kind,
          () -> Outcome.of(question),
          answer -> {
            asked.isOver = true;
            asked.answer = answer.orElse(null);
          });
      cluster.scheduler().waitFor(kind, () -> asked.isOver, until - cluster.scheduler().nanos());
      if (asked.answer != null && !isLeaderless(asked.answer)) {
        return asked.answer;
      }
      cluster.scheduler().sleep("back-off", BACKOFF_NANOS);
    }
    ApiException late = new TimeoutException("Call " + kind + " timed out");
    return new Outcome<>(null, late);
  }

  /** A question on its way. */
  private static final class Question<R> {
    private boolean isOver;
    private Outcome<R> answer;
  }
}
