package dev.weir.sample.clickcount.demo;

import dev.weir.sample.clickcount.Clicks;
import dev.weir.sample.clickcount.PageCount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is known of each window so far, for the eye. Pure; confined to one thread. */
final class WindowBoard {
  private final TreeMap<Instant, Map<String, Cell>> windows = new TreeMap<>();
  private int doubled;

  /** Takes a count; gives the row that it belongs to. */
  Row add(PageCount count) {
    Map<String, Cell> cells =
        windows.computeIfAbsent(count.windowStart(), start -> new TreeMap<>());
    Cell cell = cells.merge(count.page(), new Cell(count.count(), 1), Cell::with);
    doubled += cell.times() == 2 ? 1 : 0;
    return row(count.windowStart());
  }

  /** Pages times windows of which a count came more than once. */
  int doubled() {
    return doubled;
  }

  int windows() {
    return windows.size();
  }

  /** The newest windows, oldest first. */
  List<Row> newest(int rows) {
    List<Row> newest = new ArrayList<>();
    for (Instant start : windows.descendingKeySet()) {
      if (newest.size() == rows) {
        break;
      }
      newest.add(0, row(start));
    }
    return newest;
  }

  private Row row(Instant start) {
    return new Row(start, Map.copyOf(windows.get(start)));
  }

  /** A page's counts in one window: the newest, and how often one came. */
  record Cell(long count, int times) {
    Cell with(Cell newer) {
      return new Cell(newer.count, times + newer.times);
    }

    boolean isRight() {
      return count == Clicks.PER_PAGE && times == 1;
    }

    String text() {
      return times == 1 ? Long.toString(count) : count + " x" + times;
    }
  }

  /** One window. */
  record Row(Instant start, Map<String, Cell> cells) {
    boolean isComplete() {
      return cells.keySet().containsAll(Clicks.PAGES);
    }

    /** Complete, and every page's count has come equally often. */
    boolean isEven() {
      return isComplete() && cells.values().stream().map(Cell::times).distinct().count() == 1;
    }

    /** The window in words. */
    String text() {
      return Clicks.PAGES.stream()
          .map(page -> page + " " + (cells.containsKey(page) ? cells.get(page).text() : "-"))
          .collect(Collectors.joining("  "));
    }
  }
}
