package dev.weir.testing.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.testing.fault.Link;
import dev.weir.testing.fault.LinkDirection;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A broker whose clients reach it only through a link. */
@Timeout(180)
interface LinkedBrokerSuite {
  Duration SHORT = Duration.ofMillis(500);
  Duration BOUND = Duration.ofSeconds(60);

  Broker create(BrokerSettings settings);

  @Test
  default void shouldSendOnceHealedWhatWasHeldUp() throws Exception {
    BrokerSettings settings = BrokerSettings.forTests();
    try (Link link = Link.to(settings.port());
        Broker broker = create(settings.advertising(link.port()))) {
      broker.start();

      try (TopicAdmin topics = new TopicAdmin(broker.bootstrapServers())) {
        String topic = topics.createFresh("linked", 1);
        try (KafkaProducer<String, String> producer = topics.transactionalProducer(topic)) {
          producer.beginTransaction();
          send(producer, topic, "healthy");

          assertHeldUp(link, link::cut, () -> send(producer, topic, "cut"));
          assertHeldUp(link, link::stall, () -> send(producer, topic, "stalled"));
          assertHeldUp(
              link,
              () -> link.stall(LinkDirection.TO_CLIENT),
              () -> send(producer, topic, "unanswered"));
          producer.commitTransaction();
        }
        topics.awaitStable(topic);

        assertThat(topics.readCommitted(topic))
            .extracting(ConsumerRecord::value)
            .containsExactly("healthy", "cut", "stalled", "unanswered");
      }
    }
  }

  /** Sends from a thread of its own: without metadata {@code send} itself blocks. */
  private static void assertHeldUp(Link link, Runnable fault, Callable<RecordMetadata> sending)
      throws Exception {
    fault.run();

    FutureTask<RecordMetadata> send = new FutureTask<>(sending);
    new Thread(send, "sender").start();

    assertThatThrownBy(() -> send.get(SHORT.toMillis(), TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    link.heal();
    assertThat(send.get(BOUND.toMillis(), TimeUnit.MILLISECONDS).hasOffset()).isTrue();
  }

  private static RecordMetadata send(
      KafkaProducer<String, String> producer, String topic, String value) throws Exception {
    return producer.send(new ProducerRecord<>(topic, "k", value)).get();
  }
}
