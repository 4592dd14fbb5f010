package dev.weir.testing.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connectors.kafka.KafkaClients;
import dev.weir.pipeline.Pipeline;
import dev.weir.testing.proof.TestWorkload.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SimulatedRunsTest {
  private static final Path TESTS = Path.of("src/test/java/dev/weir/testing/proof");

  @RegisterExtension final SimulatedRuns runs = new SimulatedRuns();

  @AfterEach
  void forgetOptions() {
    System.clearProperty("seed");
    System.clearProperty("records");
  }

  @Test
  void shouldSayByWhatOneCommandARunThatFailsIsShownAgain() {
    System.setProperty("records", "4");

    assertThatThrownBy(() -> runs.areClean("Two judges", failingFrom(3), 1, 8))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(
            "seed 3 fails; again with: ./mvnw -pl testing -am test"
                + " -Dtest=SimulatedRunsTest#shouldSayByWhatOneCommandARunThatFailsIsShownAgain"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Drecords=4 -Dseed=3")
        .hasMessageContaining("not to be liked");
  }

  @Test
  void shouldRunTheSeedThatTheCommandNamesAndNoOther() {
    System.setProperty("seed", "5");
    Queue<Long> ran = new ConcurrentLinkedQueue<>();
    Campaign campaign =
        new Campaign(
            seed -> {
              ran.add(seed);
              return scenario(seed);
            });

    runs.areClean("One", campaign, 1, 8);

    assertThat(ran).containsExactly(5L);
    assertThat(runs.seeds(1, 8)).containsExactly(5L);
  }

  @Test
  void shouldQuoteForAShellWhatHasBlanks() {
    assertThat(ReplayCommand.of(SimulatedRunsTest.class, "shouldFind", "bug=it's late"))
        .endsWith(" -D'bug=it'\\''s late'");
  }

  @Test
  void shouldBeWhatEachSimulationRunsItsSeedsWith() throws IOException {
    try (Stream<Path> files = Files.list(TESTS)) {
      List<Path> simulations =
          files.filter(file -> file.toString().endsWith("Simulation.java")).toList();
      assertThat(simulations).hasSizeGreaterThan(5);
      for (Path simulation : simulations) {
        assertThat(Files.readString(simulation))
            .as("%s", simulation)
            .contains("new SimulatedRuns()")
            .doesNotContain(".explain(")
            .doesNotContain(".firstFailure(");
      }
    }
  }

  private static Campaign failingFrom(long first) {
    return new Campaign(
        seed -> seed < first ? scenario(seed) : Scenario.of(seed, new Disliked(seed)).withFirst(2));
  }

  private static Scenario scenario(long seed) {
    return Scenario.of(seed, new TestWorkload(Kind.PASSED, seed)).withFirst(2);
  }

  /** Its judge likes nothing. */
  private record Disliked(long seed) implements Workload {
    private TestWorkload workload() {
      return new TestWorkload(Kind.PASSED, seed);
    }

    @Override
    public Map<String, Integer> topics() {
      return workload().topics();
    }

    @Override
    public List<Input> input() {
      return workload().input();
    }

    @Override
    public Pipeline pipeline(KafkaClients clients, Map<TopicPartition, Long> stops) {
      return workload().pipeline(clients, stops);
    }

    @Override
    public List<String> judge(
        Map<String, List<ConsumerRecord<byte[], byte[]>>> output, List<Input> input) {
      return List.of("not to be liked");
    }
  }
}
