package dev.weir.testing.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.kafka.sink.KafkaSink;
import dev.weir.testing.broker.Broker;
import dev.weir.testing.broker.BrokerSettings;
import dev.weir.testing.broker.EmbeddedBroker;
import dev.weir.testing.broker.TopicAdmin;
import dev.weir.testing.fault.Await;
import dev.weir.testing.fault.Link;
import dev.weir.testing.fault.LinkDirection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The link to the broker holds a commit, or its answer, for longer than a call lasts. */
class UnansweredCommitIT {
  private static final Duration BOUND = Duration.ofSeconds(60);

  @Tag("S15")
  @Tag("N07")
  @ParameterizedTest
  @EnumSource(LinkDirection.class)
  void shouldAskAgainUntilTheOutcomeIsKnown(LinkDirection held) throws Exception {
    BrokerSettings settings = BrokerSettings.forTests();
    try (Link link = Link.to(settings.port());
        Broker broker = new EmbeddedBroker(settings.advertising(link.port()))) {
      broker.start();
      TopicAdmin topics = new TopicAdmin(broker.bootstrapServers());
      topics.create("output", 1);
      FaultyClients clients = new FaultyClients();
      AtomicInteger commits = new AtomicInteger();
      CountDownLatch repeated = new CountDownLatch(1);
      try (LedgerJob running = new LedgerJob("job", sink(broker, clients)).started()) {
        running.write("a").prepare(0);
        clients.before(
            "commitTransaction",
            call -> {
              if (commits.incrementAndGet() == 1) {
                link.stall(held);
              } else {
                repeated.countDown();
              }
            });
        CompletableFuture<Void> completed =
            CompletableFuture.runAsync(() -> running.complete(0), running.context().io());
        assertThat(repeated.await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(completed).isNotDone();
        link.heal();
        completed.get(BOUND.toSeconds(), TimeUnit.SECONDS);

        running.write("b").prepare(1).complete(1);
      }
      Await.until(
          "both values once",
          BOUND,
          () ->
              topics.readCommitted("output").stream()
                  .map(ConsumerRecord::value)
                  .toList()
                  .equals(List.of("a", "b")));
      topics.close();
    }
  }

  private static KafkaSink<String> sink(Broker broker, FaultyClients clients) {
    return KafkaSink.<String>builder()
        .bootstrapServers(broker.bootstrapServers())
        .topic("output")
        .value(new StringSerializer())
        .property("producer.max.block.ms", 1_500)
        .clients(clients)
        .build();
  }
}
