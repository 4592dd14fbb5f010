package dev.weir.testing.suite;

import dev.weir.testing.broker.Broker;
import dev.weir.testing.fault.ChildJvm;
import dev.weir.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Kills jobs again and again, side by side, each on a thread of its own, and their broker, too;
 * then lets each come to its end and audits it. For one thread.
 */
final class Torture {
  private static final Duration LONGEST_LIFE = Duration.ofMillis(700);
  private static final Duration LONGEST_PEACE = Duration.ofSeconds(2);
  private static final Duration GLANCE = Duration.ofMillis(200);
  private static final int KILLS_PER_LOOK = 15;

  private final Broker broker;
  private final Aim aim;
  private final Chance chance;
  private final long begun = Clock.system().nanos();
  private final AtomicInteger kills = new AtomicInteger();
  private final AtomicInteger brokerKills = new AtomicInteger();
  private volatile boolean hasFailed;

  Torture(Broker broker, Aim aim, Chance chance) {
    this.broker = broker;
    this.aim = aim;
    this.chance = chance;
  }

  /** When it is enough: all of these. */
  record Aim(int kills, int brokerKills, Duration time) {}

  /** Returns when all is audited. */
  void run(List<JobUnderTest> jobs) throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(jobs.size());
    try {
      List<? extends Future<?>> victims =
          jobs.stream().map(job -> threads.submit(() -> torment(job))).toList();
      while (!isOver()) {
        killBrokerInItsTurn();
      }
      for (Future<?> victim : victims) {
        victim.get();
      }
    } finally {
      hasFailed = true; // Whoever still goes on ends.
      threads.shutdown();
    }
  }

  /** Figures in a line. */
  String summary() {
    return "%d kills of the job, %d of the broker, in %d s"
        .formatted(kills.get(), brokerKills.get(), elapsed().toSeconds());
  }

  private boolean isOver() {
    boolean isEnough =
        kills.get() >= aim.kills()
            && brokerKills.get() >= aim.brokerKills()
            && elapsed().compareTo(aim.time()) >= 0;
    return isEnough || hasFailed;
  }

  private Duration elapsed() {
    return Duration.ofNanos(Clock.system().nanos() - begun);
  }

  /** The broker dies as often, for each death of a job, as the aim has it. */
  private void killBrokerInItsTurn() {
    if (brokerKills.get() * aim.kills() > kills.get() * aim.brokerKills()) {
      chance.pass(GLANCE);
      return;
    }
    chance.pass(LONGEST_PEACE);
    broker.restart();
    brokerKills.incrementAndGet();
  }

  private Void torment(JobUnderTest job) throws InterruptedException {
    try {
      for (int life = 1; !isOver(); life++) {
        live(job, life);
      }
      job.finish();
      job.audit();
      return null;
    } catch (Throwable e) {
      hasFailed = true;
      throw e;
    }
  }

  /** One dies when it has completed a checkpoint, the next one while it comes up. */
  private void live(JobUnderTest job, int life) {
    ChildJvm child = job.startChild(job.settings());
    child.awaitLine(life % 2 == 0 ? "STARTED" : "COMPLETED", JobUnderTest.BOUND);
    chance.pass(LONGEST_LIFE);
    child.kill();
    kills.incrementAndGet();
    if (life % KILLS_PER_LOOK == 0) {
      job.look();
    }
  }
}
