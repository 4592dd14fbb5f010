package dev.weir.internal.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Runs work beside its maker's own so that a seed replays it: of all threads one goes on at a time,
 * and which one is drawn at points that the work passes. The maker's thread is the only one to hand
 * out turns; it does so between two things that it does, and at points within them.
 */
final class Interleaving implements Beside {
  private static final ThreadLocal<Strand> CURRENT = new ThreadLocal<>();
  private static final ThreadLocal<Interleaving> MADE = new ThreadLocal<>();
  private static final int MOST_STEPS = 6;
  private static final int PATIENCE_SECONDS = 60;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Strand> strands = new ArrayList<>();
  private Random random = new Random(0);
  private long steps;

  /** A point at which others may have their turn, if the thread is one that runs here. */
  static void point() {
    Strand strand = CURRENT.get();
    if (strand != null) {
      strand.pause();
    } else if (MADE.get() != null) {
      MADE.get().turn();
    }
  }

  @Override
  public void begin(long seed) {
    random = new Random(seed);
    MADE.set(this);
  }

  @Override
  public void execute(Runnable work) {
    Strand strand = new Strand(work);
    strands.add(strand);
    threads.execute(strand);
  }

  @Override
  public void turn() {
    for (int i = random.nextInt(MOST_STEPS); i > 0 && !strands.isEmpty(); i--) {
      step();
    }
  }

  @Override
  public void await(Future<?> work) {
    while (!work.isDone()) {
      step();
    }
  }

  @Override
  public void finish() {
    while (!strands.isEmpty()) {
      step();
    }
  }

  private void step() {
    Strand strand = strands.get(random.nextInt(strands.size()));
    steps++;
    if (!strand.goOn()) {
      strands.remove(strand);
    }
  }

  /** How many turns there were. */
  long steps() {
    return steps;
  }

  @Override
  public void close() {
    MADE.remove();
    threads.shutdownNow();
  }

  /** Work that goes on from point to point. */
  private static final class Strand implements Runnable {
    private final Runnable work;
    private final Semaphore own = new Semaphore(0);
    private final Semaphore others = new Semaphore(0);
    private boolean isDone;

    Strand(Runnable work) {
      this.work = work;
    }

    @Override
    public void run() {
      own.acquireUninterruptibly();
      CURRENT.set(this);
      try {
        work.run();
      } finally {
        CURRENT.remove();
        isDone = true;
        others.release();
      }
    }

    void pause() {
      others.release();
      own.acquireUninterruptibly();
    }

    /** Lets it go on to its next point; false: it has ended. */
    boolean goOn() {
      own.release();
      Supplier<String> stuck = () -> "Work waits for somebody who waits for it, for " + work;
      try {
        if (!others.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          throw new AssertionError(stuck.get());
        }
      } catch (InterruptedException e) {
        throw new AssertionError(stuck.get(), e);
      }
      return !isDone;
    }
  }
}
