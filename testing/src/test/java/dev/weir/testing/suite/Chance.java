package dev.weir.testing.suite;

import dev.weir.testing.fault.Await;
import dev.weir.time.Clock;
import java.time.Duration;
import java.util.Random;

/** What a suite leaves to chance, by a seed that is printed; {@code -Dsuite.seed} replays it. */
final class Chance {
  private final Random random;

  private Chance(long seed) {
    this.random = new Random(seed);
  }

  static Chance of(String suite) {
    long seed = Long.getLong("suite.seed", Clock.system().nanos());
    System.out.println(suite + ": -Dsuite.seed=" + seed);
    return new Chance(seed);
  }

  long seed() {
    return random.nextLong();
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** Lets a random time pass, up to this. */
  void pass(Duration longest) {
    pass(Duration.ZERO, longest);
  }

  /** Lets a random time pass, not less than the one, up to the other. */
  void pass(Duration shortest, Duration longest) {
    long most = longest.minus(shortest).toNanos();
    long end = Clock.system().nanos() + shortest.toNanos() + (long) (random.nextDouble() * most);
    Await.until("a random moment", JobUnderTest.BOUND, () -> Clock.system().nanos() >= end);
  }
}
