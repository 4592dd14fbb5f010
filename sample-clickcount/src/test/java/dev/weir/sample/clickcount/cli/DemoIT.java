package dev.weir.sample.clickcount.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.sample.clickcount.kafka.KafkaCluster;
import dev.weir.testing.broker.EmbeddedBroker;
import dev.weir.testing.fault.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a user would start it, only shorter. */
class DemoIT {
  private static final Duration BOUND = Duration.ofMinutes(5);

  @TempDir Path temporary;

  @Test
  void shouldBeExactThoughTheJobIsKilledAndLeaveNothingBehind() throws IOException {
    List<String> lines = demo(ExitCode.OK, "--state", "rocksdb");

    assertThat(lines).anyMatch(line -> line.contains("2 times while clicks kept coming, seed 5"));
    assertThat(lines).anyMatch(line -> line.endsWith(": 0 lost, 0 doubled"));
    assertThat(left()).isEmpty();
  }

  @Test
  void shouldShowWhatAtLeastOnceDoubles() {
    List<String> lines = demo(ExitCode.OK, "--guarantee", "at-least-once");

    assertThat(lines)
        .filteredOn(line -> line.startsWith("verdict:"))
        .singleElement()
        .asString()
        .contains(": 0 lost, ")
        .doesNotContain(" 0 doubled");
  }

  @Test
  void shouldLeaveNoTopicOnTheUsersCluster() {
    try (EmbeddedBroker broker = EmbeddedBroker.started()) {
      demo(ExitCode.OK, "--bootstrap-servers", broker.bootstrapServers());

      try (KafkaCluster cluster = KafkaCluster.connect(broker.bootstrapServers())) {
        assertThat(cluster.topics()).isEmpty();
      }
    }
  }

  @Test
  void shouldLeaveNothingBehindWhenItIsInterrupted() throws IOException {
    try (ChildJvm demo = start()) {
      demo.awaitLine("first new count", BOUND);
      List<ProcessHandle> children =
          ProcessHandle.of(demo.pid()).orElseThrow().descendants().toList();

      ProcessHandle.of(demo.pid()).ifPresent(ProcessHandle::destroy);
      demo.awaitExit(BOUND);

      assertThat(children).hasSizeGreaterThanOrEqualTo(3).noneMatch(ProcessHandle::isAlive);
      assertThat(left()).isEmpty();
    }
  }

  private List<String> demo(int exitCode, String... more) {
    try (ChildJvm demo = start(more)) {
      int code = demo.awaitExit(BOUND);
      assertThat(code).as(String.join("\n", demo.lines())).isEqualTo(exitCode);
      return demo.lines();
    }
  }

  private ChildJvm start(String... more) {
    return ChildJvm.of(ClickCount.class)
        .property("java.io.tmpdir", temporary.toString())
        .args("demo", "--seed", "5", "--kills", "2", "--minutes", "0.25", "--rate", "12000")
        .args("--checkpoint-interval", "500ms")
        .args(more)
        .start();
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files.toList();
    }
  }
}
