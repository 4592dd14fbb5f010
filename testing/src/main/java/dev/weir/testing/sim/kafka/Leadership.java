package dev.weir.testing.sim.kafka;

import dev.weir.testing.sim.Scheduler;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.CoordinatorLoadInProgressException;
import org.apache.kafka.common.errors.NotCoordinatorException;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;

/**
 * Which partitions, and whether the transaction coordinator, have no leader just now. A leader that
 * goes fades first: what it does then its successor has, or has not, and whoever asked learns only
 * that this is no leader any more. What was acknowledged is always kept. Then for a while nobody
 * leads.
 */
final class Leadership {
  private static final long FADING_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final Object COORDINATOR = "the transaction coordinator";

  private final Scheduler scheduler;
  private final Map<Object, Move> moves = new HashMap<>();
  private long turnedAway;

  Leadership(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** How far a move is. */
  private enum Phase {
    LED,
    FADING,
    GONE,
    LOADING
  }

  /** When a leader is gone, when the next one begins to get ready, and when it is. */
  private record Move(long goneAt, long loadsAt, long readyAt) {}

  void move(TopicPartition partition, long forNanos) {
    begin(partition, forNanos);
  }

  void moveCoordinator(long forNanos) {
    begin(COORDINATOR, forNanos);
  }

  private void begin(Object whose, long forNanos) {
    long goneAt = scheduler.nanos() + FADING_NANOS;
    moves.put(whose, new Move(goneAt, goneAt + forNanos / 2, goneAt + forNanos));
  }

  /** How many requests found no leader, or one that was fading. */
  long turnedAway() {
    return turnedAway;
  }

  /** Whether nothing is without a leader. */
  boolean isWhole() {
    return moves.keySet().stream().allMatch(whose -> phase(whose) == Phase.LED);
  }

  boolean isLed(TopicPartition partition) {
    Phase phase = phase(partition);
    return phase == Phase.LED || phase == Phase.FADING;
  }

  boolean isCoordinated() {
    Phase phase = phase(COORDINATOR);
    return phase == Phase.LED || phase == Phase.FADING;
  }

  /**
   * Writes to a partition.
   *
   * @throws NotLeaderOrFollowerException if it has no leader, or had one that is gone by now
   */
  <R> R led(TopicPartition partition, Supplier<R> effect) {
    requireLed(partition);
    return phase(partition) == Phase.LED ? effect.get() : faded(effect, notLeader(partition));
  }

  /**
   * @throws NotLeaderOrFollowerException if it has no leader
   */
  void requireLed(TopicPartition partition) {
    if (!isLed(partition)) {
      turnedAway++;
      throw notLeader(partition);
    }
  }

  /**
   * Has the coordinator do something.
   *
   * @throws NotCoordinatorException if there is none, or was one that is gone by now
   * @throws CoordinatorLoadInProgressException if the next one is not ready yet
   */
  <R> R coordinated(Supplier<R> effect) {
    ApiException gone = new NotCoordinatorException("This is not the correct coordinator.");
    return switch (phase(COORDINATOR)) {
      case LED -> effect.get();
      case FADING -> faded(effect, gone);
      case GONE -> faded(null, gone);
      case LOADING -> faded(null, new CoordinatorLoadInProgressException("It reads its log."));
    };
  }

  private <R> R faded(Supplier<R> effect, ApiException answer) {
    turnedAway++;
    if (effect != null && scheduler.random().nextBoolean()) {
      Object unused = effect.get();
    }
    throw answer;
  }

  private Phase phase(Object whose) {
    Move move = moves.get(whose);
    long now = scheduler.nanos();
    if (move == null || now >= move.readyAt()) {
      return Phase.LED;
    } else if (now < move.goneAt()) {
      return Phase.FADING;
    }
    return now < move.loadsAt() ? Phase.GONE : Phase.LOADING;
  }

  private static ApiException notLeader(TopicPartition partition) {
    return new NotLeaderOrFollowerException("This is not the leader of " + partition);
  }
}
