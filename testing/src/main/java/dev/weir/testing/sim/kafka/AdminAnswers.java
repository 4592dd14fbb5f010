package dev.weir.testing.sim.kafka;

import java.lang.reflect.Constructor;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.AbortTransactionResult;
import org.apache.kafka.clients.admin.AlterConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.DescribeConfigsResult;
import org.apache.kafka.clients.admin.DescribeFeaturesResult;
import org.apache.kafka.clients.admin.DescribeProducersResult;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.DescribeTransactionsResult;
import org.apache.kafka.clients.admin.FeatureMetadata;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.ListTransactionsResult;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.internals.CoordinatorKey;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.apache.kafka.common.protocol.Errors;

/**
 * Makes the answers of Kafka's admin client. Some of their constructors are Kafka's own; this is
 * the one place that goes round that.
 */
final class AdminAnswers {
  private AdminAnswers() {}

  static <T> KafkaFuture<T> failed(Throwable cause) {
    KafkaFutureImpl<T> future = new KafkaFutureImpl<>();
    future.completeExceptionally(cause);
    return future;
  }

  static DescribeTopicsResult topics(Map<String, KafkaFuture<TopicDescription>> answers) {
    return new DescribeTopicsResult(null, answers) {};
  }

  static CreateTopicsResult created(
      Map<String, KafkaFuture<CreateTopicsResult.TopicMetadataAndConfig>> answers) {
    return new CreateTopicsResult(answers) {};
  }

  static DescribeConfigsResult configs(Map<ConfigResource, KafkaFuture<Config>> answers) {
    return new DescribeConfigsResult(answers) {};
  }

  static DescribeClusterResult cluster(KafkaFuture<Collection<Node>> nodes) {
    return make(DescribeClusterResult.class, nodes, null, null, null);
  }

  static DescribeFeaturesResult features(int transactionVersion) {
    FinalizedVersionRange range =
        make(FinalizedVersionRange.class, (short) 0, (short) transactionVersion);
    FeatureMetadata metadata =
        make(
            FeatureMetadata.class,
            Map.of("transaction.version", range),
            Optional.empty(),
            Map.of());
    return make(DescribeFeaturesResult.class, KafkaFuture.completedFuture(metadata));
  }

  static DescribeFeaturesResult features(Throwable failure) {
    return make(DescribeFeaturesResult.class, failed(failure));
  }

  static DescribeProducersResult producers(
      Map<TopicPartition, KafkaFuture<DescribeProducersResult.PartitionProducerState>> answers) {
    return make(DescribeProducersResult.class, answers);
  }

  static DescribeTransactionsResult described(
      Map<String, KafkaFuture<TransactionDescription>> answers) {
    Map<CoordinatorKey, KafkaFuture<TransactionDescription>> byKey = new HashMap<>();
    answers.forEach((id, answer) -> byKey.put(CoordinatorKey.byTransactionalId(id), answer));
    return make(DescribeTransactionsResult.class, byKey);
  }

  static AbortTransactionResult aborted(Map<TopicPartition, KafkaFuture<Void>> answers) {
    return make(AbortTransactionResult.class, answers);
  }

  static ListTransactionsResult transactions(List<TransactionListing> listings) {
    KafkaFutureImpl<Collection<TransactionListing>> ofBroker = new KafkaFutureImpl<>();
    ofBroker.complete(listings);
    Map<Integer, KafkaFutureImpl<Collection<TransactionListing>>> brokers = new HashMap<>();
    brokers.put(SimAdmin.NODE.id(), ofBroker);
    return make(ListTransactionsResult.class, KafkaFuture.completedFuture(brokers));
  }

  static ListConsumerGroupOffsetsResult groupOffsets(
      Map<String, KafkaFuture<Map<TopicPartition, OffsetAndMetadata>>> answers) {
    Map<CoordinatorKey, KafkaFuture<Map<TopicPartition, OffsetAndMetadata>>> byKey =
        new HashMap<>();
    answers.forEach((group, answer) -> byKey.put(CoordinatorKey.byGroupId(group), answer));
    return make(ListConsumerGroupOffsetsResult.class, byKey);
  }

  static AlterConsumerGroupOffsetsResult altered(KafkaFuture<Map<TopicPartition, Errors>> answer) {
    return make(AlterConsumerGroupOffsetsResult.class, answer);
  }

  private static <T> T make(Class<T> type, Object... arguments) {
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (constructor.getParameterCount() == arguments.length) {
        try {
          constructor.setAccessible(true);
          return type.cast(constructor.newInstance(arguments));
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException("This version of Kafka makes no " + type, e);
        }
      }
    }
    throw new IllegalStateException("This version of Kafka makes another " + type);
  }
}
