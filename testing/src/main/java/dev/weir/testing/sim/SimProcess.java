package dev.weir.testing.sim;

import dev.weir.internal.base.Threads;
import dev.weir.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A process of the simulated machine: strands and a clock that end together when it is killed, and
 * stand still together while it is paused. Used by whoever has the baton.
 */
public final class SimProcess {
  private static final long EPOCH_MILLIS = 1_600_000_000_000L;

  private final Scheduler scheduler;
  private final String name;
  private final Map<Long, Runnable> atSteps = new HashMap<>();
  private final List<Runnable> onDeath = new ArrayList<>();
  private final List<Runnable> afterPause = new ArrayList<>();
  private final List<Long> moments = new ArrayList<>();
  private long steps;
  private boolean hasChangedTheWorld = true;
  private long clockSkewMillis;
  private boolean isPaused;
  private boolean isDead;

  /**
   * @param scheduler of the run
   * @param name for the trace
   */
  public SimProcess(Scheduler scheduler, String name) {
    this.scheduler = scheduler;
    this.name = name;
  }

  /**
   * @return the run's scheduler
   */
  public Scheduler scheduler() {
    return scheduler;
  }

  /**
   * @return its name
   */
  public String name() {
    return name;
  }

  /**
   * @return how many points its strands have passed
   */
  public long steps() {
    return steps;
  }

  /**
   * The points at which a death leaves a world of its own behind: the first one, and the first one
   * after each effect on the disk and each request. A death at any other point leaves the same
   * world as one at the last of these before it.
   *
   * @return numbers of points, from 1, rising
   */
  public List<Long> moments() {
    return List.copyOf(moments);
  }

  /**
   * @return whether it was killed, or has ended
   */
  public boolean isDead() {
    return isDead;
  }

  /**
   * @return whether it stands still
   */
  public boolean isPaused() {
    return isPaused;
  }

  /**
   * Does something when it has passed so many points, before it goes on.
   *
   * @param step the number of the point, from 1
   * @param action what to do, such as {@link #kill}
   */
  public void atStep(long step, Runnable action) {
    atSteps.merge(
        step,
        action,
        (one, other) ->
            () -> {
              one.run();
              other.run();
            });
  }

  /**
   * @param millis how much its wall clock is ahead of the others'
   */
  public void clockSkew(long millis) {
    clockSkewMillis = millis;
  }

  /**
   * @param action done when it dies, such as letting go of a lock
   */
  public void onDeath(Runnable action) {
    onDeath.add(action);
  }

  /** Ends all its strands where they are. */
  public void kill() {
    if (!isDead) {
      isDead = true;
      isPaused = false;
      List.copyOf(onDeath).forEach(Runnable::run);
    }
  }

  /** Stops all its strands where they are. */
  public void pause() {
    isPaused = !isDead;
  }

  /** Lets them go on; what came meanwhile comes now. */
  public void resume() {
    isPaused = false;
    List<Runnable> missed = List.copyOf(afterPause);
    afterPause.clear();
    missed.forEach(Runnable::run);
  }

  /**
   * Begins to run something on a strand of its own.
   *
   * @param what the strand's name
   * @param body what it does
   */
  public void start(String what, Runnable body) {
    new SimStrand(this, name + "/" + what, body).start();
  }

  /**
   * @return its clock
   */
  public Clock clock() {
    return new SimClock();
  }

  /**
   * @return makes its strands
   */
  public Threads threads() {
    return new SimThreads();
  }

  void afterPause(Runnable action) {
    afterPause.add(action);
  }

  /** Something of it is now outside of it, and stays when it dies. */
  void changesTheWorld() {
    hasChangedTheWorld = true;
  }

  void step() {
    requireAlive();
    steps++;
    if (hasChangedTheWorld) {
      hasChangedTheWorld = false;
      moments.add(steps);
    }
    Runnable action = atSteps.isEmpty() ? null : atSteps.remove(steps);
    if (action != null) {
      scheduler.trace().add(scheduler.nanos(), name, "is struck", steps);
      action.run();
      requireAlive();
    }
  }

  void requireAlive() {
    if (isDead) {
      throw new Killed(name);
    }
  }

  /** Virtual time, which passes a little with each look. */
  private final class SimClock implements Clock {
    private static final int LOOKS_PER_POINT = 8;

    @Override
    public long millis() {
      look();
      return EPOCH_MILLIS + clockSkewMillis + TimeUnit.NANOSECONDS.toMillis(scheduler.nanos());
    }

    @Override
    public long nanos() {
      look();
      return scheduler.nanos();
    }

    @Override
    public boolean await(CountDownLatch latch, long timeoutMillis) throws InterruptedException {
      SimStrand self = scheduler.holder();
      scheduler.waitFor(
          "await",
          () -> latch.getCount() == 0 || self.isInterrupted(),
          TimeUnit.MILLISECONDS.toNanos(timeoutMillis));
      if (self.takeInterrupt()) {
        throw new InterruptedException("The simulated strand " + self.name());
      }
      return latch.getCount() == 0;
    }

    private void look() {
      if (scheduler.holder() != null && !scheduler.isInEvent()) {
        requireAlive();
        scheduler.tick(1_000);
        if (scheduler.random().nextInt(LOOKS_PER_POINT) == 0) {
          scheduler.point("clock", 0);
        }
      }
    }
  }

  /** Strands of this process. */
  private final class SimThreads implements Threads {
    @Override
    public Strand strand(String strandName, boolean isDaemon, Runnable body) {
      return new SimStrand(SimProcess.this, name + "/" + strandName, body);
    }

    @Override
    public ExecutorService io(String strandName) {
      return new SimIo(SimProcess.this, strandName);
    }

    @Override
    public int processors() {
      return 2;
    }
  }
}
