package dev.weir.sample.clickcount.verifier;

import dev.weir.error.WeirException;
import dev.weir.sample.clickcount.InputPlan;
import dev.weir.sample.clickcount.kafka.KafkaCluster;
import dev.weir.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Follows the output until it is complete or nothing new comes, then judges it. Knows nothing but
 * what is in Kafka. Blocks the caller's thread.
 */
public final class OutputAudit {
  /** Goes on reading this long after the last missing count, so that late doubles are seen. */
  private static final Duration SETTLE = Duration.ofSeconds(3);

  /** How often to look whether the generator has ended. */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private static final Duration POLL = Duration.ofMillis(250);

  private final String bootstrapServers;
  private final String input;
  private final String output;
  private final Duration patience;
  private final Clock clock;

  /**
   * @param bootstrapServers where Kafka is
   * @param input topic of the clicks
   * @param output topic of the counts
   * @param patience gives up on missing counts when none has come for so long
   * @param clock measures patience
   */
  public OutputAudit(
      String bootstrapServers, String input, String output, Duration patience, Clock clock) {
    this.bootstrapServers = bootstrapServers;
    this.input = input;
    this.output = output;
    this.patience = patience;
    this.clock = clock;
  }

  /**
   * Reads and judges.
   *
   * @return the verdict
   * @throws WeirException if a topic is missing, or there is nothing to judge
   */
  public Verdict run() {
    try (KafkaCluster cluster = KafkaCluster.connect(bootstrapServers);
        CountReader reader = new CountReader(bootstrapServers, cluster.requirePartitions(output))) {
      ClickVerifier verifier = new ClickVerifier();
      Optional<InputPlan> plan = InputEnd.find(cluster, bootstrapServers, input);
      long newest = clock.nanos();
      long looked = newest;
      while (!isOver(newest, isComplete(verifier, plan))) {
        List<CountReader.CountRecord> counts = reader.poll(POLL);
        counts.forEach(record -> verifier.add(record.count()));
        newest = counts.isEmpty() ? newest : clock.nanos();
        if (plan.isEmpty() && clock.nanos() - looked > LOOK_EVERY.toNanos()) {
          plan = InputEnd.find(cluster, bootstrapServers, input);
          looked = clock.nanos();
        }
      }
      return verifier.verdict(plan.or(verifier::planSoFar).orElseThrow(this::nothing));
    }
  }

  /**
   * Reads what is committed now and judges it, without waiting for more.
   *
   * @return the verdict
   * @throws WeirException if a topic is missing, or there is nothing to judge
   */
  public Verdict judgeNow() {
    try (KafkaCluster cluster = KafkaCluster.connect(bootstrapServers);
        CountReader reader = new CountReader(bootstrapServers, cluster.requirePartitions(output))) {
      ClickVerifier verifier = new ClickVerifier();
      while (!reader.hasReadAll()) {
        reader.poll(POLL).forEach(record -> verifier.add(record.count()));
      }
      Optional<InputPlan> plan = InputEnd.find(cluster, bootstrapServers, input);
      return verifier.verdict(plan.or(verifier::planSoFar).orElseThrow(this::nothing));
    }
  }

  private static boolean isComplete(ClickVerifier verifier, Optional<InputPlan> plan) {
    return plan.isPresent() && verifier.isComplete(plan.get());
  }

  private boolean isOver(long newest, boolean isComplete) {
    Duration quiet = Duration.ofNanos(clock.nanos() - newest);
    return quiet.compareTo(isComplete ? SETTLE : patience) > 0;
  }

  private WeirException nothing() {
    return new WeirException(
        "There is nothing to judge: the generator has not ended topic '"
            + input
            + "', and topic '"
            + output
            + "' has seen no new count for "
            + patience.toSeconds()
            + " s. Start the generator and the job, or wait longer with --patience.");
  }
}
