package dev.weir.testing.sim;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Carries requests to the brokers and answers back, each connection in its order, on virtual time.
 * Used by whoever has the baton.
 */
public final class Network {
  private static final int USUAL_MICROS = 1_500;
  private static final long SLOW_MILLIS = 4_000;
  private static final long LATE_MILLIS = 20_000;

  private final Scheduler scheduler;
  private final Fates fates;
  private long requests;

  /** Decides what becomes of requests. */
  @FunctionalInterface
  public interface Fates {
    /**
     * @param number of the request, from 0
     * @param kind such as {@code EndTxn}
     * @return what becomes of it
     */
    Fate of(long number, String kind);

    /**
     * @return whether consumers can fetch now
     */
    default boolean isReachable() {
      return true;
    }
  }

  /**
   * @param scheduler of the run
   * @param fates what becomes of each request
   */
  public Network(Scheduler scheduler, Fates fates) {
    this.scheduler = scheduler;
    this.fates = fates;
  }

  /**
   * @return how many requests were sent
   */
  public long requests() {
    return requests;
  }

  /**
   * @return whether consumers can fetch now
   */
  public boolean isReachable() {
    return fates.isReachable();
  }

  /**
   * @return the run's scheduler
   */
  public Scheduler scheduler() {
    return scheduler;
  }

  /**
   * @param process whose connection
   * @return a new connection
   */
  public Line line(SimProcess process) {
    return new Line(process);
  }

  /** A connection. */
  public final class Line {
    private final SimProcess process;
    private long lastArrival;
    private long lastAnswer;

    private Line(SimProcess process) {
      this.process = process;
    }

    /**
     * @return whose connection it is
     */
    public SimProcess process() {
      return process;
    }

    /**
     * Sends a request.
     *
     * @param kind for the trace and the fates
     * @param effect what the broker does
     * @param answer told what came of it; empty: not known, as the connection is gone
     * @param <R> what the broker says
     */
    public <R> void send(String kind, Supplier<R> effect, Consumer<Optional<R>> answer) {
      process.requireAlive();
      process.changesTheWorld();
      Fate fate = fates.of(requests++, kind);
      scheduler.trace().add(scheduler.nanos(), process.name(), told(kind, fate), requests);
      long way = TimeUnit.MICROSECONDS.toNanos(1 + scheduler.random().nextInt(USUAL_MICROS));
      switch (fate) {
        case DELIVERED -> deliver(kind, way, effect, answer);
        case SLOW -> deliver(kind, way + millis(SLOW_MILLIS), effect, answer);
        case REQUEST_LOST -> breakOff(kind, way, answer);
        case ANSWER_LOST -> {
          scheduler.later(arrival(way), kind + " arrives", unheard(effect));
          breakOff(kind, way + way, answer);
        }
        case LATE -> {
          scheduler.later(way + millis(LATE_MILLIS), kind + " arrives late", unheard(effect));
          breakOff(kind, way, answer);
        }
      }
    }

    private static String told(String kind, Fate fate) {
      return fate == Fate.DELIVERED ? kind : kind + " " + fate;
    }

    private static Runnable unheard(Supplier<?> effect) {
      return () -> {
        Object unused = effect.get();
      };
    }

    private <R> void deliver(
        String kind, long way, Supplier<R> effect, Consumer<Optional<R>> answer) {
      scheduler.later(
          arrival(way),
          kind + " arrives",
          () -> {
            R result = effect.get();
            long back = TimeUnit.MICROSECONDS.toNanos(1 + scheduler.random().nextInt(USUAL_MICROS));
            lastAnswer = Math.max(lastAnswer + 1, scheduler.nanos() + back);
            scheduler.later(
                process,
                lastAnswer - scheduler.nanos(),
                kind + " is answered",
                () -> answer.accept(Optional.of(result)));
          });
    }

    private <R> void breakOff(String kind, long delay, Consumer<Optional<R>> answer) {
      scheduler.later(process, delay, kind + " is lost", () -> answer.accept(Optional.empty()));
    }

    private long arrival(long way) {
      lastArrival = Math.max(lastArrival + 1, scheduler.nanos() + way);
      return lastArrival - scheduler.nanos();
    }

    private long millis(long upTo) {
      return TimeUnit.MILLISECONDS.toNanos(scheduler.random().nextInt((int) upTo));
    }
  }
}
