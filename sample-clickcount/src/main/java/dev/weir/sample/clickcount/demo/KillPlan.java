package dev.weir.sample.clickcount.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * At which moments the job is to die. The time in which clicks come is divided evenly; in each part
 * there is one kill, at random, but not so late that the job could not be back before the next.
 * Pure; confined to one thread.
 */
final class KillPlan {
  private static final double EARLIEST = 0.15;
  private static final double LATEST = 0.75;

  private static final int MIN_LIFE_MILLIS = 200;
  private static final int MAX_LIFE_MILLIS = 2000;

  private final List<Duration> moments = new ArrayList<>();
  private final SplittableRandom random;
  private Duration notBefore = Duration.ZERO;
  private int done;

  KillPlan(int kills, Duration duration, long seed) {
    random = new SplittableRandom(seed);
    for (int kill = 0; kill < kills; kill++) {
      double part = kill + EARLIEST + random.nextDouble() * (LATEST - EARLIEST);
      moments.add(Duration.ofMillis((long) (duration.toMillis() * part / kills)));
    }
  }

  boolean isDue(Duration sinceStart) {
    return hasMore()
        && sinceStart.compareTo(moments.get(done)) >= 0
        && sinceStart.compareTo(notBefore) >= 0;
  }

  boolean hasMore() {
    return done < moments.size();
  }

  /** The job is back; it may work for a while before it dies again. */
  void recovered(Duration sinceStart) {
    notBefore = sinceStart.plusMillis(random.nextInt(MIN_LIFE_MILLIS, MAX_LIFE_MILLIS));
  }

  void killed() {
    done++;
  }

  int done() {
    return done;
  }

  int planned() {
    return moments.size();
  }

  List<Duration> moments() {
    return List.copyOf(moments);
  }
}
