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
      compare(seed, topics, "conformance", ClientProgram::new);
    }
  }

  /** As owners show themselves, and sources publish how far they are. */
  @Test
  @Timeout(300)
  default void shouldKeepGroupOffsetsAsARealBrokerDoes(TopicAdmin topics) {
    long first = Long.getLong("firstProgram", 1);
    for (long seed = first; seed < first + PROGRAMS / 4; seed++) {
      compare(seed, topics, "groups", GroupProgram::new);
    }
  }

  /**
   * Kafka's producer completes the future of a failed send before it takes note itself, so a call
   * right behind may find either; and a group's coordinator hears of a new topic a little later
   * than others. Such a program is run again.
   */
  private static void compare(long seed, TopicAdmin topics, String kind, Maker maker) {
    for (int attempt = 1; !isAlike(seed, topics, kind, maker, attempt == ATTEMPTS); attempt++) {
      assertThat(attempt).isLessThan(ATTEMPTS);
    }
  }

  private static boolean isAlike(
      long seed, TopicAdmin topics, String kind, Maker maker, boolean isLast) {
    String topic = topics.createFresh(kind, ClientProgram.PARTITIONS);
    Program program = maker.make(seed, topic, topics.bootstrapServers());
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

  /** Draws a program of calls. */
  interface Maker {
    Program make(long seed, String topic, String servers);
  }
}
