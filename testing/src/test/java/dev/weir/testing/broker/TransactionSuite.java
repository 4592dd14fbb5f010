package dev.weir.testing.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.error.WeirException;
import dev.weir.testing.fault.Await;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Transactions on a shared broker, as the topic admin shows them. */
@Timeout(120)
interface TransactionSuite {
  Duration BOUND = Duration.ofSeconds(30);

  @Test
  default void shouldShowCommittedRecordsToEveryReader(TopicAdmin topics) {
    String topic = topics.createFresh("committed", 3);
    try (KafkaProducer<String, String> producer = topics.transactionalProducer(topic)) {
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, 0, "a", "1"));
      producer.send(new ProducerRecord<>(topic, 1, "b", "2"));
      producer.commitTransaction();
    }
    topics.awaitStable(topic);

    assertThat(topics.readCommitted(topic))
        .extracting(ConsumerRecord::value)
        .containsExactlyInAnyOrder("1", "2");
    assertThat(topics.endOffsets(topic)).isEqualTo(Map.of(0, 2L, 1, 2L, 2, 0L));
  }

  @Test
  default void shouldHideAbortedRecordsFromCommittedReaders(TopicAdmin topics) {
    String topic = topics.createFresh("aborted", 1);
    try (KafkaProducer<String, String> producer = topics.transactionalProducer(topic)) {
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, "k", "aborted"));
      producer.flush();
      producer.abortTransaction();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, "k", "committed"));
      producer.commitTransaction();
    }
    topics.awaitStable(topic);

    assertThat(topics.readCommitted(topic))
        .extracting(ConsumerRecord::value)
        .containsExactly("committed");
    assertThat(topics.readUncommitted(topic))
        .extracting(ConsumerRecord::value)
        .containsExactly("aborted", "committed");
  }

  @Test
  default void shouldShowAnOpenTransactionAndWhatItHoldsBack(TopicAdmin topics) {
    String topic = topics.createFresh("open", 1);
    try (KafkaProducer<String, String> producer = topics.transactionalProducer(topic)) {
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, "k", "open"));
      producer.flush();
      topics.produce(topic, "k", "behind it");

      assertThat(topics.openTransactions()).contains(topic);
      assertThat(topics.readCommitted(topic)).isEmpty();
      assertThat(topics.stableOffsets(topic)).isEqualTo(Map.of(0, 0L));
      assertThat(topics.endOffsets(topic)).isEqualTo(Map.of(0, 2L));
      producer.abortTransaction();
    }
    topics.awaitStable(topic);

    assertThat(topics.openTransactions()).doesNotContain(topic);
    assertThat(topics.readCommitted(topic))
        .extracting(ConsumerRecord::value)
        .containsExactly("behind it");
  }

  @Test
  default void shouldCreateNoTopicByAccident(TopicAdmin topics) {
    assertThatThrownBy(() -> topics.partitions("nobody-created-this"))
        .isInstanceOf(WeirException.class);
  }

  @Test
  default void shouldGrowAndDeleteTopics(TopicAdmin topics) {
    String topic = topics.createFresh("grown", 1);

    topics.growTo(topic, 4);

    Await.until("four partitions", BOUND, () -> topics.partitions(topic) == 4);
    topics.delete(topic);
    assertThatThrownBy(() -> topics.partitions(topic)).isInstanceOf(WeirException.class);
  }

  @Test
  default void shouldNotLetASharedBrokerBeHurt(Broker broker) {
    assertThatThrownBy(broker::kill)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("own = true");
  }
}
