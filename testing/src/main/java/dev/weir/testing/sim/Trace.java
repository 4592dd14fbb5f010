package dev.weir.testing.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What happened in a run, as a hash, and as text where somebody wants to read it. Written by
 * whoever has the baton.
 */
public final class Trace {
  private static final int MOST_LINES = 200_000;

  private final boolean isKept;
  private final Deque<String> lines = new ArrayDeque<>();
  private long hash = 1;
  private long steps;

  /**
   * @param isKept whether to keep the text, too
   */
  public Trace(boolean isKept) {
    this.isKept = isKept;
  }

  /**
   * @return a hash over all that happened; runs that are the same have the same one
   */
  public long hash() {
    return hash;
  }

  /**
   * @return how many things happened
   */
  public long steps() {
    return steps;
  }

  /**
   * @return the newest lines, oldest first; empty if they are not kept
   */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  void add(long nanos, String who, String what, long detail) {
    steps++;
    hash = (hash ^ nanos) * 0x9E3779B97F4A7C15L;
    hash = (hash ^ who.hashCode()) * 0x9E3779B97F4A7C15L + what.hashCode();
    hash = Long.rotateLeft(hash ^ detail, 17);
    if (isKept) {
      keep(String.format("%12.6f %-28s %s %d", nanos / 1e9, who, what, detail));
    }
  }

  private void keep(String line) {
    lines.add(line);
    if (lines.size() > MOST_LINES) {
      lines.remove();
    }
  }
}
