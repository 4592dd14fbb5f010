package dev.weir.testing.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testing.audit.ExpectedSequences;
import dev.weir.testing.audit.TopicAuditor;
import dev.weir.testing.broker.Broker;
import dev.weir.testing.broker.ClassArchive;
import dev.weir.testing.broker.TopicAdmin;
import dev.weir.testing.fault.ChildJvm;
import dev.weir.testing.fault.ChildJvmBuilder;
import dev.weir.testing.suite.job.HeavyMain;
import dev.weir.testing.suite.job.Result;
import dev.weir.testing.suite.job.Setting;
import dev.weir.testing.suite.job.Settings;
import dev.weir.testing.suite.job.SuiteJobMain;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job with a small heap, and then all at once a hundred times as many records as before, which
 * are many times the heap, nine of ten with one key, and come faster than they can be counted.
 */
@Timeout(180)
interface BurstSuite {
  int BEFORE = 500;
  int BURST = 100 * BEFORE;
  int TEXT = 4_000;
  int COLD_KEYS = 5;
  List<String> SMALL_JVM =
      List.of(
          "-Xmx48m",
          "-XX:+ExitOnOutOfMemoryError",
          "-Xshare:auto",
          "-XX:-UsePerfData",
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC");

  @Tag("N28")
  @Test
  default void shouldCountABurstOfManyTimesItsHeapOnOneHotKey(
      Broker broker, TopicAdmin topics, @TempDir Path folder) {
    String input = topics.createFresh("in", 2);
    String output = topics.createFresh("out", 2);
    int total = BEFORE + BURST;
    Settings settings =
        Settings.none()
            .with(Setting.SERVERS, broker.bootstrapServers())
            .with(Setting.NAME, "burst" + input.substring("in".length()))
            .with(Setting.INPUT, input)
            .with(Setting.OUTPUT, output)
            .with(Setting.STOPS, hot(total) + "," + (total - hot(total)))
            .with(Setting.FOLDER, folder.resolve("checkpoints"))
            .with(Setting.PARALLELISM, 2)
            .with(Setting.INTERVAL, 200);

    try (KafkaProducer<String, String> producer = producer(broker.bootstrapServers());
        ChildJvm job = start(settings)) {
      write(producer, input, 0, BEFORE);
      job.awaitLine("COMPLETED 1", JobUnderTest.BOUND);
      write(producer, input, BEFORE, total);
      assertThat(job.awaitExit(JobUnderTest.BOUND))
          .as("the job's exit code; it said %s", job.lines())
          .isEqualTo(SuiteJobMain.FINISHED);
    }

    topics.awaitStable(output);
    new TopicAuditor(broker.bootstrapServers())
        .sequences(output, expected(total), Result::counted)
        .requireClean();
  }

  private static ChildJvm start(Settings settings) {
    ChildJvmBuilder builder =
        ClassArchive.useIn(ChildJvm.of(HeavyMain.class)).options(SMALL_JVM.toArray(String[]::new));
    settings.all().forEach((setting, value) -> builder.property(setting.key(), value));
    return builder.property("org.slf4j.simpleLogger.defaultLogLevel", "warn").start();
  }

  private static KafkaProducer<String, String> producer(String servers) {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            servers,
            ProducerConfig.BATCH_SIZE_CONFIG,
            Integer.toString(1 << 20),
            ProducerConfig.LINGER_MS_CONFIG,
            "20"),
        new StringSerializer(),
        new StringSerializer());
  }

  private static void write(
      KafkaProducer<String, String> producer, String topic, int from, int until) {
    String text = " " + "x".repeat(TEXT);
    for (int i = from; i < until; i++) {
      boolean isHot = isHot(i);
      int cold = i / 10;
      String key = isHot ? "hot" : "cold" + cold % COLD_KEYS;
      int number = isHot ? hot(i) + 1 : cold / COLD_KEYS + 1;
      producer.send(new ProducerRecord<>(topic, isHot ? 0 : 1, key, number + text));
    }
    producer.flush();
  }

  /** All but each tenth. */
  private static boolean isHot(int index) {
    return index % 10 != 0;
  }

  /** How many of the first records are hot. */
  private static int hot(int records) {
    return records - (records + 9) / 10;
  }

  private static ExpectedSequences expected(int total) {
    ExpectedSequences all = ExpectedSequences.none().with("hot", 1, hot(total));
    int cold = total - hot(total);
    for (int key = 0; key < COLD_KEYS; key++) {
      all = all.with("cold" + key, 1, (cold - key + COLD_KEYS - 1) / COLD_KEYS);
    }
    return all.containing((key, number) -> Long.toString(number));
  }
}
