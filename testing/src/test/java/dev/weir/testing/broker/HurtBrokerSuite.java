package dev.weir.testing.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.testing.fault.Await;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every kind of broker must stand; each class running it has a broker of its own. */
@Timeout(180)
interface HurtBrokerSuite {
  Duration BOUND = Duration.ofSeconds(60);

  @Test
  default void shouldKeepAddressAndDataOverKillAndRestart(Broker broker, TopicAdmin topics) {
    String topic = topics.createFresh("kept", 2);
    topics.produce(topic, "a", "1");
    topics.produce(topic, "b", "2");
    String address = broker.bootstrapServers();

    broker.restart();

    assertThat(broker.bootstrapServers()).isEqualTo(address);
    assertThat(topics.readCommitted(topic))
        .extracting(ConsumerRecord::value)
        .containsExactlyInAnyOrder("1", "2");
  }

  @Test
  default void shouldCommitAfterARestartWhatWasSentBefore(Broker broker, TopicAdmin topics) {
    String topic = topics.createFresh("resumed", 1);
    try (KafkaProducer<String, String> producer = topics.transactionalProducer(topic)) {
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, "k", "before"));
      producer.flush();

      broker.restart();
      producer.send(new ProducerRecord<>(topic, "k", "after"));
      producer.commitTransaction();
    }
    topics.awaitStable(topic);

    assertThat(topics.readCommitted(topic))
        .extracting(ConsumerRecord::value)
        .containsExactly("before", "after");
  }

  @Test
  default void shouldAnswerNothingWhilePausedAndGoOnWhenResumed(Broker broker, TopicAdmin topics)
      throws Exception {
    String topic = topics.createFresh("frozen", 1);
    try (KafkaProducer<String, String> producer = topics.transactionalProducer(topic)) {
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, "k", "thawed"));
      producer.flush();

      broker.pause();
      Future<RecordMetadata> send = producer.send(new ProducerRecord<>(topic, "k", "late"));
      assertThatThrownBy(() -> send.get(500, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      broker.resume();

      assertThat(send.get(BOUND.toSeconds(), TimeUnit.SECONDS).hasOffset()).isTrue();
      producer.commitTransaction();
    }
    topics.awaitStable(topic);

    assertThat(topics.readCommitted(topic))
        .extracting(ConsumerRecord::value)
        .containsExactly("thawed", "late");
  }

  @Test
  default void shouldBeKilledWhilePaused(Broker broker, TopicAdmin topics) {
    String topic = topics.createFresh("frozen-dead", 1);
    topics.produce(topic, "k", "kept");

    broker.pause();
    broker.restart();

    assertThat(topics.readCommitted(topic))
        .extracting(ConsumerRecord::value)
        .containsExactly("kept");
  }

  @Test
  default void shouldRefuseToStartWhileItRuns(Broker broker) {
    assertThatThrownBy(broker::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("runs already");
  }

  @Test
  default void shouldAbortATransactionSoonAfterItsTimeout(Broker broker, TopicAdmin topics)
      throws ExecutionException, InterruptedException {
    String topic = topics.createFresh("timed-out", 1);
    KafkaProducer<String, String> abandoned =
        topics.transactionalProducer(topic, Duration.ofSeconds(1));
    abandoned.beginTransaction();
    abandoned.send(new ProducerRecord<>(topic, "k", "given up")).get();

    abandoned.close(Duration.ZERO);

    Await.until("the abort", BOUND, () -> !topics.openTransactions().contains(topic));
    topics.awaitStable(topic);
    assertThat(topics.readCommitted(topic)).isEmpty();
    assertThat(topics.readUncommitted(topic)).hasSize(1);
  }
}
