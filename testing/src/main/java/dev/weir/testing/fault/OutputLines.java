package dev.weir.testing.fault;

import dev.weir.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The newest lines that a child has printed, and waiting for one of them. Thread-safe. */
final class OutputLines {
  private static final int KEPT = 10_000;

  private final Deque<String> lines = new ArrayDeque<>();
  private long total;
  private boolean ended;

  synchronized void add(String line) {
    if (lines.size() == KEPT) {
      lines.removeFirst();
    }
    lines.addLast(line);
    total++;
    notifyAll();
  }

  synchronized void end() {
    ended = true;
    notifyAll();
  }

  synchronized boolean hasEnded() {
    return ended;
  }

  synchronized long total() {
    return total;
  }

  synchronized List<String> all() {
    return List.copyOf(lines);
  }

  synchronized List<String> tail(int count) {
    List<String> all = new ArrayList<>(lines);
    return all.subList(Math.max(0, all.size() - count), all.size());
  }

  /**
   * The first line at or after number {@code from} with this part; empty when output ends or time
   * is up.
   */
  synchronized Optional<String> await(long from, String part, Duration bound)
      throws InterruptedException {
    long end = Clock.system().nanos() + bound.toNanos();
    long seen = from;
    while (true) {
      Optional<String> found = find(seen, part);
      seen = total;
      long left = end - Clock.system().nanos();
      if (found.isPresent() || ended || left <= 0) {
        return found;
      }
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, TimeUnit.MILLISECONDS.toNanos(1)));
    }
  }

  /** Of a process that has ended; also when the thread is interrupted. */
  synchronized boolean awaitEnd(Duration bound) {
    long end = Clock.system().nanos() + bound.toNanos();
    boolean isInterrupted = false;
    while (!ended && end - Clock.system().nanos() > 0) {
      try {
        long left = end - Clock.system().nanos();
        TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, TimeUnit.MILLISECONDS.toNanos(1)));
      } catch (InterruptedException e) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
    return ended;
  }

  private Optional<String> find(long from, String part) {
    long skip = from - (total - lines.size());
    return lines.stream().skip(Math.max(0, skip)).filter(line -> line.contains(part)).findFirst();
  }
}
