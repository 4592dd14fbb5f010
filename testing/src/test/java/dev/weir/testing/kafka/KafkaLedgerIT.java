package dev.weir.testing.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connector.CheckpointLedger;
import dev.weir.connector.LedgerEntry;
import dev.weir.connector.LedgerTiming;
import dev.weir.connectors.kafka.sink.KafkaSink;
import dev.weir.connectors.kafka.sink.KafkaSinkBuilder;
import dev.weir.error.CheckpointFailedException;
import dev.weir.error.ConnectorException;
import dev.weir.error.FencedException;
import dev.weir.error.InvalidConfigException;
import dev.weir.error.UnrecoverableConnectorException;
import dev.weir.testing.broker.Broker;
import dev.weir.testing.broker.BrokerKind;
import dev.weir.testing.broker.OnBroker;
import dev.weir.testing.broker.TopicAdmin;
import dev.weir.testing.fault.Await;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@OnBroker(BrokerKind.EMBEDDED)
class KafkaLedgerIT {
  private static final Map<String, String> LEDGER_SETTINGS =
      Map.of("cleanup.policy", "delete", "retention.ms", "-1", "retention.bytes", "-1");

  private String servers;
  private TopicAdmin topics;
  private String output;
  private String job;

  @BeforeEach
  void makeTopics(Broker broker, TopicAdmin admin) {
    servers = broker.bootstrapServers();
    topics = admin;
    output = admin.createFresh("output", 3);
    job = "job-of-" + output;
  }

  @Test
  void shouldShowOutputWhenTheLedgerCompletesItsCheckpoint() throws Exception {
    try (LedgerJob first = new LedgerJob(job, sink().build()).started()) {
      first.write("a", "b").prepare(0);
      assertThat(visible()).isEmpty();

      first.complete(0);
      assertVisible("a", "b");

      first.write("c").prepare(1).write("d").complete(1);
      assertVisible("a", "b", "c");
      assertThat(first.takeOver().attempt()).isEqualTo(1);
      assertThat(first.takeOver().lastCompleted()).isEmpty();
    }
    try (LedgerJob second = new LedgerJob(job, sink().build()).started()) {
      assertThat(second.takeOver().attempt()).isEqualTo(2);
      assertThat(second.takeOver().lastCompleted().orElseThrow().checkpointId()).isEqualTo(1);
      assertVisible("a", "b", "c");
    }
  }

  @Tag("S16")
  @Test
  void shouldLetAnOlderAttemptChangeNothingOnceANewerHasTakenOver() throws Exception {
    try (LedgerJob older = new LedgerJob(job, sink().build()).started()) {
      older.write("kept").prepare(0).complete(0).write("lost").prepare(1).write("lost, too");

      try (LedgerJob newer = new LedgerJob(job, sink().build()).started()) {
        assertThatThrownBy(() -> older.complete(1))
            .isInstanceOf(FencedException.class)
            .hasMessageContaining("Attempt 2 of job '" + job + "' has taken over");

        newer.write("new").prepare(1).complete(1);
        assertThat(newer.takeOver().lastCompleted().orElseThrow().checkpointId()).isZero();
      }
    }
    assertVisible("kept", "new");
  }

  @Test
  void shouldTellAFencedWriterThatANewerAttemptRuns() throws Exception {
    try (LedgerJob older = new LedgerJob(job, sink().build()).started();
        LedgerJob newer = new LedgerJob(job, sink().build()).started()) {
      assertThat(newer.takeOver().attempt()).isEqualTo(2);

      assertThatThrownBy(() -> older.write("too late").prepare(0))
          .hasCauseInstanceOf(FencedException.class);
      assertThatThrownBy(() -> older.write("again")).isInstanceOf(FencedException.class);
    }
  }

  @Tag("S02")
  @Test
  void shouldSayThatACheckpointFailedWhenItsTransactionTimedOut() throws Exception {
    LedgerTiming timing =
        new LedgerTiming(Optional.of(Duration.ofMillis(100)), Duration.ofMillis(900));
    KafkaSink<String> quick = sink().property("transaction.timeout.ms", 1_000).build();
    try (LedgerJob slow = new LedgerJob(job, quick, timing).started()) {
      slow.write("never seen").prepare(0);
      Await.until(
          "the broker to abort", Duration.ofSeconds(30), () -> topics.openTransactions().isEmpty());

      assertThatThrownBy(() -> slow.complete(0))
          .isInstanceOf(CheckpointFailedException.class)
          .hasMessageContaining("checkpoint 0")
          .hasMessageContaining("transaction.timeout.ms = 1000");
    }
    try (LedgerJob next = new LedgerJob(job, quick, timing).started()) {
      assertThat(next.takeOver().lastCompleted()).isEmpty();
      next.write("seen").prepare(0).complete(0);
    }
    assertVisible("seen");
  }

  @Test
  void shouldBeginAnewAfterTheCheckpointsAreForgotten() throws Exception {
    KafkaSink<String> sink = sink().build();
    try (LedgerJob running = new LedgerJob(job, sink).started()) {
      running.write("seen").prepare(0).complete(0);
    }
    try (CheckpointLedger ledger = new LedgerJob(job, sink).ledger()) {
      assertThat(ledger.takeOver().lastCompleted()).isPresent();
      ledger.forget();
    }

    try (LedgerJob next = new LedgerJob(job, sink).started()) {
      assertThat(next.takeOver().lastCompleted()).isEmpty();
      assertThat(next.takeOver().attempt()).as("attempts are not forgotten").isEqualTo(3);
      next.write("seen, too").prepare(0).complete(0);
    }
    assertVisible("seen", "seen, too");
  }

  @Test
  void shouldForgetNothingForAnAttemptThatIsOver() throws Exception {
    KafkaSink<String> sink = sink().build();
    try (CheckpointLedger older = new LedgerJob(job, sink).ledger()) {
      older.takeOver();
      try (LedgerJob newer = new LedgerJob(job, sink).started()) {
        newer.write("seen").prepare(0).complete(0);

        assertThatThrownBy(older::forget).isInstanceOf(FencedException.class);
      }
    }

    try (LedgerJob next = new LedgerJob(job, sink).started()) {
      assertThat(next.takeOver().lastCompleted()).isPresent();
    }
  }

  @Tag("S15")
  @Test
  void shouldRepeatACommitUntilItsOutcomeIsKnown() throws Exception {
    FaultyClients clients = new FaultyClients();
    try (LedgerJob running = new LedgerJob(job, sink().clients(clients).build()).started()) {
      AtomicInteger lost = new AtomicInteger();
      running.write("applied, answer lost").prepare(0);
      clients.after("commitTransaction", call -> loseTwice(lost));
      running.complete(0);
      clients.heal();

      running.write("request lost").prepare(1);
      lost.set(0);
      clients.before("commitTransaction", call -> loseTwice(lost));
      running.complete(1);
    }
    assertVisible("applied, answer lost", "request lost");
  }

  @Tag("S03")
  @Test
  void shouldLoseNothingAndDoubleNothingWhereverAnAttemptDiesAroundItsCommit() throws Exception {
    FaultyClients clients = new FaultyClients();
    KafkaSink<String> mortal = sink().clients(clients).build();
    try (LedgerJob dies = new LedgerJob(job, mortal).started()) {
      dies.write("0").prepare(0);
      clients.before("send", KafkaLedgerIT::die);
      assertThatThrownBy(() -> dies.complete(0)).isInstanceOf(Death.class);
      clients.heal();
    }
    try (LedgerJob dies = new LedgerJob(job, mortal).started()) {
      assertThat(dies.takeOver().lastCompleted()).isEmpty();
      dies.write("0").prepare(0).write("of 1");
      clients.before("commitTransaction", KafkaLedgerIT::die);
      assertThatThrownBy(() -> dies.complete(0)).isInstanceOf(Death.class);
      clients.heal();
    }
    LedgerEntry completed;
    try (LedgerJob dies = new LedgerJob(job, mortal).started()) {
      assertThat(dies.takeOver().lastCompleted()).isEmpty();
      dies.write("0").prepare(0).write("of 1");
      clients.after("commitTransaction", KafkaLedgerIT::die);
      assertThatThrownBy(() -> dies.complete(0)).isInstanceOf(Death.class);
      clients.heal();
      completed = dies.entry(0);
    }
    try (LedgerJob last = new LedgerJob(job, mortal).started()) {
      assertThat(last.takeOver().lastCompleted()).contains(completed);
    }
    assertVisible("0");
  }

  @Test
  void shouldStartAgainAtOnceInTheSameProcess() throws Exception {
    for (int attempt = 1; attempt <= 20; attempt++) {
      try (LedgerJob again = new LedgerJob(job, sink().build()).started()) {
        assertThat(again.takeOver().attempt()).isEqualTo(attempt);
        again.write("of attempt " + attempt);
        if (attempt % 2 == 0) {
          again.prepare(attempt / 2 - 1).write("lost, too").complete(attempt / 2 - 1);
        }
      }
    }
    Await.until("ten values", Duration.ofSeconds(10), () -> visible().size() == 10);
  }

  @Test
  void shouldNameWhoeverHoldsTheLedgerOpen() throws Exception {
    createLedger(1, Map.of());
    try (KafkaProducer<String, String> foreign =
            topics.transactionalProducer("foreign-" + job, Duration.ofMinutes(2));
        LedgerJob refused = new LedgerJob(job, sink().build()).withClockRunning(20)) {
      foreign.beginTransaction();
      foreign.send(new ProducerRecord<>("weir-ledger-" + job, "not mine")).get();

      assertThatThrownBy(refused::started)
          .isInstanceOf(ConnectorException.class)
          .hasMessageContaining("weir-ledger-" + job)
          .hasMessageContaining("foreign-" + job);
      foreign.abortTransaction();
    }
  }

  @Test
  void shouldRefuseALedgerTopicThatDoesNotKeepItsRecordsInOrderForEver() {
    createLedger(2, Map.of());
    assertThatThrownBy(() -> new LedgerJob(job, sink().build()).started())
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("has 2");

    String forgetful = topics.createFresh("forgetful", 1);
    KafkaSink<String> other = sink().ledgerTopic(forgetful).build();
    assertThatThrownBy(() -> new LedgerJob(job, other).started())
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("must be -1")
        .hasMessageContaining("kafka-configs --alter --topic " + forgetful);
  }

  @Tag("S42")
  @Test
  void shouldNotBeginAnewWhereTheLedgersRecordsWereDeleted() throws Exception {
    try (LedgerJob first = new LedgerJob(job, sink().build()).started()) {
      first.write("a").prepare(0).complete(0);
    }
    topics
        .client()
        .deleteRecords(
            Map.of(new TopicPartition("weir-ledger-" + job, 0), RecordsToDelete.beforeOffset(-1)))
        .all()
        .get();

    assertThatThrownBy(() -> new LedgerJob(job, sink().build()).started())
        .isInstanceOf(UnrecoverableConnectorException.class)
        .hasMessageContaining("were deleted and none of the rest names one");
  }

  @Test
  void shouldRefuseCheckpointsThatTheBrokerCannotHoldOpenLongEnough() {
    LedgerTiming long20 =
        new LedgerTiming(Optional.of(Duration.ofMinutes(10)), Duration.ofMinutes(10));

    assertThatThrownBy(() -> new LedgerJob(job, sink().build(), long20).started())
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("600000 + 600000 = 1200000 ms")
        .hasMessageContaining("transaction.max.timeout.ms is 900000");
  }

  @Test
  void shouldRefuseASettingThatKafkaRefuses() {
    KafkaSink<String> wrong = sink().property("linger.ms", "soon").build();

    assertThatThrownBy(() -> new LedgerJob(job, wrong).started())
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("linger.ms");
  }

  @Tag("S20")
  @Test
  void shouldNameABrokerThatCannotBeReached() {
    KafkaSink<String> nowhere = sink().bootstrapServers("127.0.0.1:1").build();

    assertThatThrownBy(() -> new LedgerJob(job, nowhere).started())
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("127.0.0.1:1");
  }

  @Test
  void shouldRefuseAnotherClusterInTheSameJob() throws Exception {
    KafkaSink<String> elsewhere = sink().bootstrapServers("127.0.0.1:1").build();
    try (LedgerJob running = new LedgerJob(job, sink().build()).started()) {
      assertThatThrownBy(() -> elsewhere.createWriter(running.context()))
          .isInstanceOf(InvalidConfigException.class)
          .hasMessageContaining("second cluster is not supported yet");
    }
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

  private void createLedger(int partitions, Map<String, String> changes) {
    Map<String, String> settings = new HashMap<>(LEDGER_SETTINGS);
    settings.putAll(changes);
    topics.create(new NewTopic("weir-ledger-" + job, partitions, (short) 1).configs(settings));
  }

  private static void loseTwice(AtomicInteger lost) {
    if (lost.getAndIncrement() < 2) {
      throw new TimeoutException("lost on the way");
    }
  }

  private static void die(Object[] call) {
    throw new Death();
  }

  /** The process dies here. */
  private static final class Death extends Error {
    private static final long serialVersionUID = 1L;
  }
}
