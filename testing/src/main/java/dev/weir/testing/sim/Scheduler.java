package dev.weir.testing.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Decides, by a seed, who runs next and what time it is. Of all strands one has the baton; at each
 * call of a port it asks here, and a strand that is ready, or an event that is due, is drawn. When
 * nobody is ready, time passes to the next deadline. Now and then a strand is held back for a
 * while, as by an operating system. Used by whoever has the baton.
 */
public final class Scheduler {
  private static final int[] STICKINESS_PERCENT = {0, 50, 80, 95};
  private static final int[] PREEMPTED_ONE_IN = {20, 100, 500, Integer.MAX_VALUE};
  private static final int PREEMPTED_MICROS = 30_000;

  private final Random random;
  private final Trace trace;
  private final List<SimStrand> strands = new ArrayList<>();
  private final List<SimStrand> ready = new ArrayList<>();
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final Baton controller = new Baton();
  private final Carriers carriers = Carriers.ofThisThread();
  private final int stickiness;
  private final int preemptedOneIn;
  private SimStrand holder;
  private BooleanSupplier isDone = Scheduler::always;
  private Throwable failure;
  private boolean isInEvent;
  private long now;
  private long eventCount;

  /**
   * @param seed of all decisions
   * @param trace told of each
   */
  public Scheduler(long seed, Trace trace) {
    this.random = new Random(seed);
    this.trace = trace;
    this.stickiness = STICKINESS_PERCENT[random.nextInt(STICKINESS_PERCENT.length)];
    this.preemptedOneIn = PREEMPTED_ONE_IN[random.nextInt(PREEMPTED_ONE_IN.length)];
  }

  /**
   * @return virtual nanoseconds since the run began
   */
  public long nanos() {
    return now;
  }

  /**
   * @return chance, as the seed has it
   */
  public Random random() {
    return random;
  }

  /**
   * @return what happened
   */
  public Trace trace() {
    return trace;
  }

  /**
   * Lets something happen later, whoever has the baton then; it must not wait.
   *
   * @param delayNanos how much later
   * @param what for the trace
   * @param action what to do
   */
  public void later(long delayNanos, String what, Runnable action) {
    later(null, delayNanos, what, action);
  }

  /**
   * Lets something happen to a process; nothing happens to one that is dead, and one that is paused
   * learns of it when it goes on.
   *
   * @param process whom it concerns
   * @param delayNanos how much later
   * @param what for the trace
   * @param action what to do
   */
  public void later(SimProcess process, long delayNanos, String what, Runnable action) {
    events.add(new Event(now + Math.max(0, delayNanos), eventCount++, process, what, action));
  }

  /**
   * A moment at which others may run. A process that is dead ends here.
   *
   * @param what for the trace
   * @param detail for the trace
   */
  public void point(String what, long detail) {
    if (random.nextInt(preemptedOneIn) == 0) {
      long nanos = TimeUnit.MICROSECONDS.toNanos(random.nextInt(PREEMPTED_MICROS));
      waitFor(what, detail, Scheduler::never, now + nanos);
    } else {
      waitFor(what, detail, Scheduler::always, Long.MIN_VALUE);
    }
  }

  /**
   * Waits for something, or until the time is over.
   *
   * @param what for the trace
   * @param condition what to wait for; cheap, changes nothing
   * @param nanos how long at the most
   */
  public void waitFor(String what, BooleanSupplier condition, long nanos) {
    waitFor(what, 0, condition, now + Math.min(Math.max(0, nanos), Long.MAX_VALUE / 2));
  }

  /**
   * Lets time pass.
   *
   * @param what for the trace
   * @param nanos how much
   */
  public void sleep(String what, long nanos) {
    waitFor(what, Scheduler::never, nanos);
  }

  /**
   * Runs until something is true. For the thread that made the scheduler.
   *
   * @param condition until then
   * @throws AssertionError if something went wrong, or nobody can go on
   */
  public void run(BooleanSupplier condition) {
    isDone = condition;
    pass(null);
    isDone = Scheduler::always;
    if (failure != null) {
      throw new AssertionError("The run has failed: " + failure, failure);
    }
  }

  /** Ends every strand. For the thread that made the scheduler. */
  public void shutDown() {
    isDone = () -> strands.isEmpty();
    strands.forEach(strand -> strand.process().kill());
    pass(null);
  }

  /**
   * Ends the run as failed.
   *
   * @param cause why
   */
  public void fail(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
  }

  /**
   * @param process a process
   * @return names of its strands that have not ended
   */
  public List<String> strandsOf(SimProcess process) {
    return strands.stream()
        .filter(strand -> strand.process() == process)
        .map(SimStrand::name)
        .toList();
  }

  // ---- for the room

  SimStrand holder() {
    return holder;
  }

  Carriers carriers() {
    return carriers;
  }

  boolean isInEvent() {
    return isInEvent;
  }

  void tick(long nanos) {
    now += nanos;
  }

  void add(SimStrand strand) {
    strands.add(strand);
  }

  void ended(SimStrand strand, Throwable thrown) {
    strands.remove(strand);
    if (thrown != null) {
      fail(new IllegalStateException("Thrown on " + strand.name(), thrown));
    }
    trace.add(now, strand.name(), "end", 0);
    give(next(strand));
  }

  private void waitFor(String what, long detail, BooleanSupplier condition, long deadline) {
    SimStrand self = holder;
    if (self == null || isInEvent) {
      return; // Events are over in a moment.
    }
    self.process().step();
    trace.add(now, self.name(), what, detail);
    self.waitFor(condition, deadline);
    pass(self);
    self.goOn();
    self.process().requireAlive();
  }

  /** Lets somebody else have the baton, until the caller has it again. */
  private void pass(SimStrand self) {
    SimStrand next = next(self);
    if (next == self) {
      return;
    }
    give(next);
    if (self == null) {
      controller.take();
    } else {
      self.awaitTurn();
    }
  }

  private void give(SimStrand next) {
    holder = next;
    if (next == null) {
      controller.give();
    } else {
      next.resume();
    }
  }

  /** The next one; null for whoever made the scheduler. */
  private SimStrand next(SimStrand last) {
    while (true) {
      if (failure == null ? isDone.getAsBoolean() : !isEnding()) {
        return null;
      }
      SimStrand dead = firstDead();
      if (dead != null) {
        return dead;
      }
      findReady();
      boolean isEventDue = !events.isEmpty() && events.peek().at() <= now;
      int count = ready.size() + (isEventDue ? 1 : 0);
      if (count == 0) {
        advance();
      } else if (ready.contains(last) && random.nextInt(100) < stickiness) {
        return last;
      } else {
        int drawn = random.nextInt(count);
        if (drawn < ready.size()) {
          return ready.get(drawn);
        }
        happen(events.remove());
      }
    }
  }

  private static boolean always() {
    return true;
  }

  private static boolean never() {
    return false;
  }

  private boolean isEnding() {
    return !strands.isEmpty() && strands.stream().allMatch(strand -> strand.process().isDead());
  }

  private SimStrand firstDead() {
    for (SimStrand strand : strands) {
      if (strand.process().isDead()) {
        return strand;
      }
    }
    return null;
  }

  private void findReady() {
    ready.clear();
    for (SimStrand strand : strands) {
      if (!strand.process().isPaused() && strand.isReady(now)) {
        ready.add(strand);
      }
    }
  }

  private void happen(Event event) {
    SimProcess process = event.process();
    if (process != null && process.isDead()) {
      return;
    }
    if (process != null && process.isPaused()) {
      process.afterPause(() -> later(process, 0, event.what(), event.action()));
      return;
    }
    trace.add(now, "event", event.what(), 0);
    isInEvent = true;
    try {
      event.action().run();
    } catch (Throwable thrown) {
      fail(new IllegalStateException("Thrown by event " + event.what(), thrown));
    } finally {
      isInEvent = false;
    }
  }

  private void advance() {
    long at = events.isEmpty() ? Long.MAX_VALUE : events.peek().at();
    for (SimStrand strand : strands) {
      if (!strand.process().isPaused()) {
        at = Math.min(at, strand.deadline());
      }
    }
    if (at == Long.MAX_VALUE || at > now + TimeUnit.DAYS.toNanos(1)) {
      fail(new IllegalStateException("Nobody can go on: " + waiting()));
      return;
    }
    now = at;
  }

  private String waiting() {
    return strands.stream().map(SimStrand::name).toList() + " wait";
  }

  /** Something that happens at a time. */
  private record Event(long at, long number, SimProcess process, String what, Runnable action)
      implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }
}
