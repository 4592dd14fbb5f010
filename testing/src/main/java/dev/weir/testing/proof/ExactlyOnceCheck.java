package dev.weir.testing.proof;

import dev.weir.connectors.kafka.KafkaClients;
import dev.weir.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Checks that a pipeline's output is exactly-once whatever goes wrong, by simulation: in the given
 * number of runs, each with faults of its own, processes die at any step, freeze and wake up beside
 * their successor, the power and the disk fail, requests and answers are lost. Time is virtual, so
 * that a run takes some 20 ms. What a {@code read_committed} reader sees in the end must be what it
 * sees when nothing goes wrong: per topic and key the same values in the same order. So a sink that
 * doubles, a function that keeps something outside its state, or one whose results depend on chance
 * are found, with a seed.
 *
 * <pre>{@code
 * ExactlyOnceCheck.of(clients -> clicks(clients))
 *     .topic("clicks", 2)
 *     .topic("counts", 2)
 *     .input(Input.plain("clicks", 0, "home", "1", 0), ...)
 *     .run();
 * }</pre>
 *
 * <p>The pipeline must make its Kafka sources and sinks with the given clients, and touch nothing
 * else outside. Not thread-safe; {@link #run} blocks.
 */
public final class ExactlyOnceCheck {
  private static final long USUAL_SEEDS = 200;
  private static final int THREADS = 2;

  private final Function<KafkaClients, Pipeline> pipeline;
  private final Map<String, Integer> topics = new LinkedHashMap<>();
  private final List<Input> input = new ArrayList<>();
  private long firstSeed = 1;
  private long seeds = USUAL_SEEDS;

  private ExactlyOnceCheck(Function<KafkaClients, Pipeline> pipeline) {
    this.pipeline = pipeline;
  }

  /**
   * @param pipeline makes the pipeline anew, for each process; called from several threads
   * @return a check without topics and input
   */
  public static ExactlyOnceCheck of(Function<KafkaClients, Pipeline> pipeline) {
    return new ExactlyOnceCheck(pipeline);
  }

  /**
   * @param name a topic that the pipeline reads or writes
   * @param partitions how many it has
   * @return this
   */
  public ExactlyOnceCheck topic(String name, int partitions) {
    topics.put(name, partitions);
    return this;
  }

  /**
   * @param records more of what is to be read, in the order in which it is written; some tens are
   *     enough
   * @return this
   */
  public ExactlyOnceCheck input(List<Input> records) {
    input.addAll(records);
    return this;
  }

  /**
   * @param count how many runs; 200 unless said otherwise
   * @return this
   */
  public ExactlyOnceCheck seeds(long count) {
    seeds = count;
    return this;
  }

  /**
   * @param seed the only run, such as one that has failed
   * @return this
   */
  public ExactlyOnceCheck seed(long seed) {
    firstSeed = seed;
    seeds = 1;
    return this;
  }

  /**
   * Runs until a seed fails, or all are fine.
   *
   * @throws AssertionError if the output is wrong in some run; tells the seed, the fewest faults
   *     and records with which it still fails, and what became of the processes
   */
  public void run() {
    SameAsCalm workload = SameAsCalm.of(pipeline, topics, input);
    Campaign campaign = new Campaign(seed -> Scenario.of(seed, workload));
    Optional<Long> failure = campaign.firstFailure(firstSeed, seeds, THREADS);
    if (failure.isPresent()) {
      long seed = failure.get();
      throw new AssertionError(campaign.explain(seed, "ExactlyOnceCheck.seed(" + seed + ")"));
    }
  }
}
