package dev.weir.benchmarks.machine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The last lines that a process printed, cut to a bearable length, without the frames of stack
 * traces: what is left are messages and causes. Thread-safe.
 */
final class LastLines {
  private static final int MOST = 8;
  private static final int LONGEST = 300;

  private final Deque<String> lines = new ArrayDeque<>();

  synchronized void add(String line) {
    if (line.isBlank() || isFrame(line)) {
      return;
    }
    lines.add(line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line);
    if (lines.size() > MOST) {
      lines.remove();
    }
  }

  private static boolean isFrame(String line) {
    return line.startsWith("\tat ") || line.startsWith("\t... ");
  }

  synchronized List<String> lines() {
    return List.copyOf(lines);
  }
}
