package dev.weir.sample.clickcount.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testing.broker.EmbeddedBroker;
import dev.weir.testing.fault.ChildJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands against a real broker, as a user would type them. */
class ClickCountIT {
  private static final Duration BOUND = Duration.ofSeconds(90);

  private static EmbeddedBroker broker;

  @TempDir Path folder;

  private String name;

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.started();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void nameTopics(TestInfo test) {
    name = test.getTestMethod().orElseThrow().getName();
  }

  @Test
  void shouldCountEveryClickOnceThoughTheJobIsKilled() {
    createTopics();
    CommandRun generated = command("generate", "--windows", "5", "--rate", "20000");
    assertThat(generated.out()).contains("Sent 5 windows");

    try (ChildJvm killed = job()) {
      killed.awaitLine("STATE RUNNING", BOUND);
      killed.kill();
    }
    try (ChildJvm job = job()) {
      CommandRun verified = verify("60s");
      ProcessHandle.of(job.pid()).ifPresent(ProcessHandle::destroy);

      assertThat(verified.out()).contains("5 windows checked (30 counts): 0 lost, 0 doubled");
      assertThat(verified.exitCode()).isEqualTo(ExitCode.OK);
      job.awaitLine("STATE FINISHED", BOUND);
    }
  }

  @Test
  void shouldCloseTheInputWhenTheGeneratorIsAskedToEnd() {
    createTopics();
    try (ChildJvm generator = child("generate", "--input", input(), "--rate", "20000")) {
      generator.awaitLine("Sending", BOUND);
      ProcessHandle.of(generator.pid()).ifPresent(ProcessHandle::destroy);
      generator.awaitExit(BOUND);
      assertThat(generator.lines()).last().asString().startsWith("Sent ");
    }

    CommandRun verified = verify("1s");

    assertThat(verified.exitCode())
        .as("an input with an end is judged, also without output")
        .isEqualTo(ExitCode.BROKEN_PROMISE);
    assertThat(verified.out()).contains(" lost, 0 doubled").doesNotContain(" 0 lost");
  }

  @Test
  void shouldFindWhatIsDoubledAndWhatIsLost() {
    createTopics();
    command("generate", "--windows", "1", "--start", "2026-01-01T00:00:00Z", "--rate", "100000");
    for (String page : List.of("/help", "/index", "/shop", "/jobs", "/about", "/about")) {
      produce(output(), count(page, 1000));
    }

    CommandRun verified = verify("2s");

    assertThat(verified.exitCode()).isEqualTo(ExitCode.BROKEN_PROMISE);
    assertThat(verified.out())
        .contains("lost: /news in window 2026-01-01T00:00:00Z")
        .contains("doubled: /about in window 2026-01-01T00:00:00Z came 2 times")
        .contains("1 windows checked (6 counts): 1 lost, 1 doubled");
  }

  @Test
  void shouldRefuseToGenerateIntoAUsedTopic() {
    createTopics();
    produce(input(), "anything");

    CommandRun generated = command("generate", "--windows", "1");

    assertError(generated, "needs an empty topic, but '" + input() + "' has seen 1 records");
  }

  @Test
  void shouldRefuseToJudgeAnInputThatSomebodyElseHasWrittenTo() {
    createTopics();
    command("generate", "--windows", "1", "--rate", "100000");
    produce(input(), "anything");

    assertError(verify("1s"), "There is nothing to judge: the generator has not ended topic");
  }

  @ParameterizedTest
  @ValueSource(strings = {"generate", "verify"})
  void shouldNameAnUnknownTopic(String command) {
    CommandRun run =
        CommandRun.of(
            command, "--bootstrap-servers", servers(), "--input", "nope", "--output", "nope");

    assertError(run, "Topic 'nope' does not exist on " + servers());
  }

  @Test
  void shouldNameAnUnknownTopicOfTheJob() {
    createTopics();

    CommandRun run = run(Map.of("--input", "nope"));

    assertError(run, "nope");
  }

  @Test
  void shouldNameAnUnknownOutputOfTheJob() {
    createTopics();

    CommandRun run = run(Map.of("--output", "nope"));

    assertError(run, "nope");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "isolation.level=read_uncommitted",
        "enable.auto.commit=true",
        "fetch.mni.bytes=1"
      })
  void shouldRefuseASettingThatIsUnknownOrNotTheUsers(String property) {
    CommandRun run = run(Map.of("--source-property", property));

    assertError(run, property.substring(0, property.indexOf('=')));
  }

  @Test
  void shouldNameAFolderThatCannotBeWritten() throws IOException {
    createTopics();
    Path file = Files.writeString(folder.resolve("file"), "no folder");

    CommandRun run = run(Map.of("--checkpoint-dir", file.resolve("checkpoints").toString()));

    assertError(run, file.toString());
  }

  @Test
  void shouldNameTheJobThatAFolderBelongsTo() {
    createTopics();
    try (ChildJvm owner = job()) {
      owner.awaitLine("STATE RUNNING", BOUND);
    }

    CommandRun run = run(Map.of("--job", "another"));

    assertError(run, name);
    assertThat(run.err()).contains("another");
  }

  @Test
  void shouldNameTheRecordThatIsNoClick() {
    createTopics();
    produce(input(), "{\"timestamp\":\"yesterday\",\"page\":\"/help\"}");

    CommandRun run = run(Map.of());

    assertError(run, input());
    assertThat(run.err()).contains("yesterday");
  }

  private void createTopics() {
    CommandRun made = command("create-topics");
    assertThat(made.exitCode()).as(made.err()).isEqualTo(ExitCode.OK);
  }

  private CommandRun verify(String patience) {
    return command("verify", "--patience", patience);
  }

  /** A job that is expected to end by an error. */
  private CommandRun run(Map<String, String> other) {
    return CommandRun.of(jobArgs(other));
  }

  private ChildJvm job() {
    return ChildJvm.of(ClickCount.class).args(jobArgs(Map.of())).start();
  }

  private String[] jobArgs(Map<String, String> other) {
    Map<String, String> options = new TreeMap<>();
    options.put("--bootstrap-servers", servers());
    options.put("--job", name);
    options.put("--input", input());
    options.put("--output", output());
    options.put("--checkpoint-interval", "200ms");
    options.put("--checkpoint-dir", folder.resolve("checkpoints").toString());
    options.putAll(other);
    List<String> args = new ArrayList<>(List.of("run"));
    options.forEach((option, value) -> args.addAll(List.of(option, value)));
    return args.toArray(String[]::new);
  }

  private ChildJvm child(String... args) {
    return ChildJvm.of(ClickCount.class).args(args).args("--bootstrap-servers", servers()).start();
  }

  private CommandRun command(String command, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                command,
                "--bootstrap-servers",
                servers(),
                "--input",
                input(),
                "--output",
                output()));
    args.addAll(List.of(more));
    return CommandRun.of(args.toArray(String[]::new));
  }

  private static void assertError(CommandRun run, String message) {
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OPERATING_ERROR);
    assertThat(run.err()).startsWith("error: ").contains(message).hasLineCount(1);
  }

  private static void produce(String topic, String value) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      var unused =
          producer.send(
              new ProducerRecord<>(topic, 0, null, value.getBytes(StandardCharsets.UTF_8)));
      producer.flush();
    }
  }

  private static String count(String page, long count) {
    return "{\"page\":\""
        + page
        + "\",\"windowStart\":\"2026-01-01T00:00:00Z\",\"windowEnd\":\"2026-01-01T00:00:15Z\","
        + "\"count\":"
        + count
        + "}";
  }

  private String input() {
    return name + "-input";
  }

  private String output() {
    return name + "-output";
  }

  private static String servers() {
    return broker.bootstrapServers();
  }
}
