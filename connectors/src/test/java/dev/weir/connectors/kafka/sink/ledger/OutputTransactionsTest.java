package dev.weir.connectors.kafka.sink.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connectors.kafka.ClientKind;
import dev.weir.connectors.kafka.ClientSettings;
import dev.weir.connectors.kafka.FakeClients;
import dev.weir.connectors.kafka.ManualContext;
import dev.weir.connectors.kafka.sink.LedgerOptions;
import dev.weir.connectors.kafka.sink.TopicDirectory;
import dev.weir.error.ConnectorException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class OutputTransactionsTest {
  private final ManualContext context = new ManualContext();
  private final FakeClients clients = new FakeClients().withTopics(1, "out");
  private final Runnable one = new ManualContext()::wakeUp;
  private final Runnable two = context::wakeUp;
  private OutputTransactions output;

  @BeforeEach
  void takeOver() {
    LedgerOptions options =
        new LedgerOptions(
            ClientSettings.builder(ClientKind.PRODUCER, ClientKind.CONSUMER, ClientKind.ADMIN)
                .set("bootstrap.servers", "broker:9092")
                .build("sink"),
            clients,
            Optional.empty(),
            Optional.empty());
    ProducerPool pool = ProducerPool.make(options, context, 10_000);
    pool.fenceAll();
    output =
        new OutputTransactions(
            pool,
            new TopicDirectory(options, pool.producers(), (admin, topic) -> {}),
            context.io(),
            cause -> new ConnectorException("meaning of " + cause.getMessage()));
  }

  @Test
  void shouldUseOneTransactionalIdAfterTheOther() {
    assertThat(clients.settings(0))
        .containsEntry("transactional.id", "weir-job-0")
        .containsEntry("transaction.timeout.ms", 10_000)
        .containsEntry("acks", "all")
        .containsEntry("enable.idempotence", true);
    assertThat(clients.settings(1)).containsEntry("transactional.id", "weir-job-1");
  }

  @Tag("S11")
  @Test
  void shouldSendNothingOfTheNextCheckpointBeforeAllOfThisOneIsAcknowledged() {
    output.join(one);
    output.join(two);
    output.send(List.of(record("a")), 100);

    CompletableFuture<Void> first = output.prepare(one, 0);
    assertThat(context.waitingJobs()).as("the other writer still writes").isZero();
    output.send(List.of(record("b of the other writer")), 100);
    CompletableFuture<Void> second = output.prepare(two, 0);
    assertThat(first.isDone() || second.isDone()).isFalse();
    assertThat(sent(1)).isEmpty();
    context.runOne();

    assertThat(first).isCompleted();
    assertThat(second).isCompleted();
    assertThat(clients.producer(0).flushed()).isTrue();
    assertThat(context.wakeUps()).isEqualTo(1);
    output.send(List.of(record("c")), 100);
    assertThat(sent(0)).containsExactly("a", "b of the other writer");
    assertThat(sent(1)).containsExactly("c");
    assertThat(output.held(0).producer()).isSameAs(clients.producer(0));
  }

  @Test
  void shouldRotateOverThePool() {
    output.join(one);
    for (long checkpoint = 0; checkpoint < 5; checkpoint++) {
      output.send(List.of(record("of " + checkpoint)), 100);
      CompletableFuture<Void> prepared = output.prepare(one, checkpoint);
      context.runOne();
      assertThat(prepared).isCompleted();
      output.held(checkpoint).producer().commitTransaction();
      output.committed();
    }

    assertThat(committed(0)).containsExactly("of 0", "of 2", "of 4");
    assertThat(committed(1)).containsExactly("of 1", "of 3");
  }

  @Tag("S10")
  @Test
  void shouldFailThePrepareWhenASendHasFailed() {
    output.join(one);
    output.send(List.of(record("too large")), 100);
    CompletableFuture<Void> prepared = output.prepare(one, 0);
    clients.producer(0).errorNext(new RecordTooLargeException("10 MB"));
    while (context.runOne()) {
      assertThat(output.hasRoom()).as("nobody goes on").isFalse();
    }

    assertThat(prepared)
        .isCompletedExceptionally()
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withMessageContaining("meaning of 10 MB");
    assertThat(output.failure()).isPresent();
    assertThat(output.prepare(one, 1)).isCompletedExceptionally();
    output.send(List.of(record("later")), 100);
    assertThat(sent(0)).doesNotContain("later");
    assertThatThrownBy(() -> output.held(0)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldFailWhenACheckpointIsPreparedBeforeTheOneBeforeItIsCompleted() {
    output.join(one);
    output.prepare(one, 0);
    context.runOne();
    CompletableFuture<Void> tooEarly = output.prepare(one, 1);
    context.runOne();

    assertThat(tooEarly)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withMessageContaining("Checkpoint 1 is prepared before the one before it is completed");
  }

  @Test
  void shouldRefuseAPrepareThatDoesNotBelongToTheRound() {
    output.join(one);
    output.join(two);
    CompletableFuture<Void> waiting = output.prepare(one, 3);

    assertThatThrownBy(() -> output.prepare(two, 4))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("checkpoint 4 while the others prepare 3");
    assertThat(waiting).isNotDone();
  }

  @Tag("S13")
  @Test
  void shouldCompleteWithoutWriters() {
    assertThat(output.held(7).producer()).isSameAs(clients.producer(0));
    clients.producer(0).commitTransaction();
    output.committed();

    assertThat(output.held(8).producer()).isSameAs(clients.producer(1));
  }

  @Test
  void shouldTellWhichTransactionsTheBrokerKnows() {
    output.join(one);
    assertThat(output.open()).as("nothing is sent").isEmpty();

    output.send(List.of(record("a")), 100);
    assertThat(output.open()).containsExactly(clients.producer(0));
    output.prepare(one, 0);
    context.runOne();
    output.send(List.of(record("b")), 100);
    assertThat(output.open()).containsExactlyInAnyOrder(clients.producer(0), clients.producer(1));
  }

  private List<String> sent(int producer) {
    return values(clients.producer(producer).uncommittedRecords());
  }

  private List<String> committed(int producer) {
    return values(clients.producer(producer).history());
  }

  private static List<String> values(List<ProducerRecord<byte[], byte[]>> records) {
    return records.stream()
        .map(record -> new String(record.value(), StandardCharsets.UTF_8))
        .toList();
  }

  private static ProducerRecord<byte[], byte[]> record(String value) {
    return new ProducerRecord<>("out", value.getBytes(StandardCharsets.UTF_8));
  }
}
