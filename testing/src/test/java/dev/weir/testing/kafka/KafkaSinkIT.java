package dev.weir.testing.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connector.DeliveryGuarantee;
import dev.weir.connector.SinkWriter;
import dev.weir.connectors.kafka.sink.KafkaSink;
import dev.weir.connectors.kafka.sink.KafkaSinkBuilder;
import dev.weir.error.ConnectorException;
import dev.weir.error.UnrecoverableConnectorException;
import dev.weir.testing.broker.Broker;
import dev.weir.testing.broker.BrokerKind;
import dev.weir.testing.broker.OnBroker;
import dev.weir.testing.broker.TopicAdmin;
import dev.weir.testing.fault.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@OnBroker(BrokerKind.EMBEDDED)
class KafkaSinkIT {
  private String servers;
  private TopicAdmin topics;
  private String output;
  private String job;

  @BeforeEach
  void makeTopics(Broker broker, TopicAdmin admin) {
    servers = broker.bootstrapServers();
    topics = admin;
    output = admin.createFresh("output", 1);
    job = "job-of-" + output;
  }

  @Tag("S09")
  @Test
  void shouldHoldTheOutputOfAllTasksInOneTransaction() throws Exception {
    KafkaSink<String> sink = sink().build();
    try (LedgerJob running = new LedgerJob(job, sink).started();
        TaskContext otherTask = new TaskContext(job).writingTo(running.ledger())) {
      SinkWriter<String> other = sink.createWriter(otherTask);
      running.write("of one task");
      CompletableFuture<Void> first = running.writer().prepare(0).toCompletableFuture();
      other.write("of the other", now(running));
      assertThat(first).as("the other task still writes").isNotDone();
      CompletableFuture<Void> second = other.prepare(0).toCompletableFuture();
      running.context().until("both to be prepared", () -> first.isDone() && second.isDone());
      running.write("of the next checkpoint");
      assertThat(visible()).isEmpty();

      running.complete(0);

      assertVisible("of one task", "of the other");
      other.close();
    }
  }

  @Test
  void shouldWriteWhatOneCallGivesBeyondTheProducersMemoryInOrder() throws Exception {
    List<String> values =
        IntStream.range(0, 20_000).mapToObj(i -> "value " + i + "-".repeat(50)).toList();
    KafkaSink<String> small = sink().property("buffer.memory", 200_000).build();
    try (LedgerJob running = new LedgerJob(job, small).started()) {
      for (String value : values) {
        running.writer().write(value, now(running));
      }

      running.prepare(0).complete(0);

      topics.awaitStable(output);
      assertThat(visible()).isEqualTo(values);
    }
  }

  @Tag("S10")
  @Tag("S19")
  @Tag("S27")
  @Tag("N25")
  @Test
  void shouldCompleteNoCheckpointAfterASendHasFailed() throws Exception {
    KafkaSink<String> sink = sink().property("max.request.size", 1_000).build();
    try (LedgerJob running = new LedgerJob(job, sink).started()) {
      running.write("small").write("x".repeat(2_000));

      assertThatThrownBy(() -> running.prepare(0))
          .hasStackTraceContaining("RecordTooLargeException");
      assertThatThrownBy(() -> running.complete(0)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> running.writer().prepare(1)).isInstanceOf(ConnectorException.class);
    }
    try (LedgerJob next = new LedgerJob(job, sink).started()) {
      assertThat(next.takeOver().lastCompleted()).isEmpty();
    }
    assertThat(visible()).isEmpty();
  }

  @Test
  void shouldNameATopicThatDoesNotExistAndNotMakeIt() throws Exception {
    KafkaSink<String> nowhere = sink().topic("no-such-output").build();
    try (LedgerJob job = new LedgerJob(this.job, nowhere)) {
      assertThatThrownBy(job::started)
          .isInstanceOf(UnrecoverableConnectorException.class)
          .hasMessageContaining("'no-such-output' at " + servers);
    }
    assertThat(topics.client().listTopics().names().get()).doesNotContain("no-such-output");
  }

  @Test
  void shouldShowOutputAtOnceWhereItMayComeAgain() throws Exception {
    KafkaSink<String> sink = sink().guarantee(DeliveryGuarantee.AT_LEAST_ONCE).build();
    try (TaskContext task = new TaskContext(job)) {
      SinkWriter<String> writer = sink.createWriter(task);
      writer.write("a", task.clock().millis());
      CompletableFuture<Void> prepared = writer.prepare(0).toCompletableFuture();
      task.until("the flush", prepared::isDone);

      assertVisible("a");
      writer.close();
    }
  }

  @Tag("S09")
  @Test
  void shouldEndOpenTransactionsWhenItIsClosedSoThatReadersNeedNotWait() throws Exception {
    try (LedgerJob running = new LedgerJob(job, sink().build()).started()) {
      running.write("prepared").prepare(0).write("open").context();
      running.context().until("both to be open", () -> mine().size() == 2);
    }
    topics.awaitStable(output);
    assertThat(visible()).isEmpty();
  }

  private List<String> mine() {
    return topics.openTransactions().stream().filter(id -> id.contains(job)).toList();
  }

  private KafkaSinkBuilder<String> sink() {
    return KafkaSink.<String>builder()
        .bootstrapServers(servers)
        .topic(output)
        .value(new StringSerializer());
  }

  /** Markers come shortly after a commit's answer. */
  private void assertVisible(String... values) {
    List<String> wanted = Stream.of(values).sorted().toList();
    Await.until(
        wanted + " to be visible, not " + visible(),
        Duration.ofSeconds(10),
        () -> visible().stream().sorted().toList().equals(wanted));
  }

  private List<String> visible() {
    return topics.readCommitted(output).stream().map(ConsumerRecord::value).toList();
  }

  private static long now(LedgerJob job) {
    return job.context().clock().millis();
  }
}
