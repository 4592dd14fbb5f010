package dev.weir.sample.clickcount.demo;

import dev.weir.sample.clickcount.Clicks;
import java.io.PrintStream;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/** A table on a terminal, drawn again and again in the same place. */
final class LiveScreen implements DemoScreen {
  private static final int ROWS = 10;
  private static final int EVENTS = 4;
  private static final int WIDTH = 79;
  private static final Duration REDRAW_EVERY = Duration.ofMillis(100);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final PrintStream out;
  private final Deque<String> events = new ArrayDeque<>();
  private Duration nextDraw = Duration.ZERO;
  private int drawn;

  LiveScreen(PrintStream out) {
    this.out = out;
  }

  @Override
  public int rows() {
    return ROWS;
  }

  @Override
  public void event(String what) {
    if (events.size() == EVENTS) {
      events.removeFirst();
    }
    events.addLast(what);
  }

  @Override
  public void counted(WindowBoard.Row row) {
    nextDraw = Duration.ZERO;
  }

  @Override
  public void show(DemoView view) {
    if (view.elapsed().compareTo(nextDraw) < 0) {
      return;
    }
    nextDraw = view.elapsed().plus(REDRAW_EVERY);
    List<String> lines = lines(view);
    StringBuilder text = new StringBuilder();
    if (drawn > 0) {
      text.append("\u001b[" + drawn + "A\u001b[J");
    }
    lines.forEach(line -> text.append(line).append('\n'));
    out.print(text);
    out.flush();
    drawn = lines.size();
  }

  @Override
  public void finish() {
    drawn = 0;
    out.flush();
  }

  private List<String> lines(DemoView view) {
    List<String> lines = new ArrayList<>();
    lines.add(styled("bold", view.title()));
    view.lines().forEach(line -> lines.add(fitting(line)));
    lines.add("");
    lines.add(styled("bold", header()));
    view.rows().forEach(row -> lines.add(line(row)));
    lines.addAll(Collections.nCopies(ROWS - view.rows().size(), ""));
    lines.add("");
    events.forEach(event -> lines.add(fitting(event)));
    lines.addAll(Collections.nCopies(EVENTS - events.size(), ""));
    return lines;
  }

  /** A line that wraps would spoil the count of lines to go up. */
  private static String fitting(String line) {
    return line.length() <= WIDTH ? line : line.substring(0, WIDTH);
  }

  private static String header() {
    StringBuilder header = new StringBuilder(String.format("%-10s", "window"));
    Clicks.PAGES.forEach(page -> header.append(String.format("%9s", page)));
    return header.toString();
  }

  private static String line(WindowBoard.Row row) {
    StringBuilder line = new StringBuilder(String.format("%-10s", TIME.format(row.start())));
    for (String page : Clicks.PAGES) {
      WindowBoard.Cell cell = row.cells().get(page);
      String text = String.format("%9s", cell == null ? "." : cell.text());
      line.append(cell == null ? text : styled(cell.isRight() ? "green" : "red,bold", text));
    }
    return line.toString();
  }

  private static String styled(String style, String text) {
    return Ansi.ON.string("@|" + style + " " + text + "|@");
  }
}
