package dev.weir.testing.sim.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.kafka.KafkaClients;
import dev.weir.testing.broker.TopicAdmin;
import dev.weir.testing.fault.Await;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The simulated cluster and a real broker answer the same programs of calls in the same way: the
 * class of each error, what committed readers see, their positions, the last stable offsets. {@code
 * -Dprograms=N} runs more.
 */
interface ConformanceSuite {
  long PROGRAMS = Long.getLong("programs", 200);
  int ATTEMPTS = 3;
  Duration BOUND = Duration.ofSeconds(10);

  @Test
  @Timeout(900)
  default void shouldAnswerAsARealBrokerDoes(TopicAdmin topics) {
    long first = Long.getLong("firstProgram", 1);
    for (long seed = first; seed < first + PROGRAMS; seed++) {
      compare(seed, topics);
    }
  }

  /** As owners show themselves, and sources publish how far they are. */
  @Test
  @Timeout(300)
  default void shouldKeepGroupOffsetsAsARealBrokerDoes(TopicAdmin topics) {
    long first = Long.getLong("firstProgram", 1);
    for (long seed = first; seed < first + PROGRAMS / 4; seed++) {
      String topic = topics.createFresh("groups", ClientProgram.PARTITIONS);
      GroupProgram program = new GroupProgram(seed, topic, topics.bootstrapServers());
      SimulatedProgram simulated = SimulatedProgram.of(program, seed, topic);

      List<String> told = program.run(KafkaClients.real());

      assertThat(simulated.told()).as("calls of program %d", seed).isEqualTo(told);
      assertThat(simulated.state())
          .as("offsets after program %d", seed)
          .isEqualTo(program.state(KafkaClients.real()));
      topics.delete(topic);
    }
  }

  /**
   * Kafka's producer completes the future of a failed send before it takes note itself, so a call
   * right behind may find either; such a program is run again.
   */
  private static void compare(long seed, TopicAdmin topics) {
    for (int attempt = 1; !isAlike(seed, topics, attempt == ATTEMPTS); attempt++) {
      assertThat(attempt).isLessThan(ATTEMPTS);
    }
  }

  private static boolean isAlike(long seed, TopicAdmin topics, boolean isLast) {
    String topic = topics.createFresh("conformance", ClientProgram.PARTITIONS);
    ClientProgram program = new ClientProgram(seed, topic, topics.bootstrapServers());
    SimulatedProgram simulated = SimulatedProgram.of(program, seed, topic);

    List<String> told = program.run(KafkaClients.real());

    if (!isLast && !simulated.told().equals(told)) {
      return false;
    }
    assertThat(simulated.told()).as("calls of program %d", seed).isEqualTo(told);
    Await.until( // Markers are written after the answer.
        "the broker's state of program " + seed + " is " + simulated.state(),
        BOUND,
        () -> program.state(KafkaClients.real()).equals(simulated.state()));
    topics.delete(topic);
    return true;
  }
}
