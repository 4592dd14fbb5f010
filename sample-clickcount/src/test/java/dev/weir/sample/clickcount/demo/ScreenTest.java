package dev.weir.sample.clickcount.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.sample.clickcount.Clicks;
import dev.weir.sample.clickcount.PageCount;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final WindowBoard board = new WindowBoard();

  @Test
  void shouldPrintOnlyCompleteWindowsAndEventsWhereThereIsNoTerminal() {
    LineScreen screen = new LineScreen(out);

    screen.event("kill -9 123 (kill 1)");
    Clicks.PAGES.forEach(page -> screen.counted(board.add(count(page))));
    screen.show(view(Duration.ZERO));

    assertThat(text())
        .isEqualTo(
            "kill -9 123 (kill 1)\nwindow 2026-01-01T00:00:00Z  /help 1000  /index 1000  /shop"
                + " 1000  /jobs 1000  /about 1000  /news 1000\n");
  }

  @Test
  void shouldRedrawInPlaceOnATerminal() {
    LiveScreen screen = new LiveScreen(out);
    board.add(count("/help"));

    screen.show(view(Duration.ZERO));
    long lines = text().chars().filter(c -> c == '\n').count();
    screen.show(view(Duration.ofSeconds(1)));

    assertThat(text()).contains("\u001b[" + lines + "A").contains("00:00:00");
    assertThat(text().lines().map(line -> line.replaceAll("\u001b\\[[0-9;]*[A-Za-z]", "")))
        .as("a longer line would wrap and spoil the count")
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(80));
  }

  @Test
  void shouldNotRedrawMoreOftenThanTheEyeSees() {
    LiveScreen screen = new LiveScreen(out);

    screen.show(view(Duration.ZERO));
    int size = bytes.size();
    screen.show(view(Duration.ofMillis(20)));

    assertThat(bytes.size()).isEqualTo(size);
  }

  private DemoView view(Duration elapsed) {
    return new DemoView("title", elapsed, List.of("state ".repeat(30)), board.newest(10));
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static PageCount count(String page) {
    return new PageCount(page, START, START.plus(Clicks.WINDOW), 1000);
  }
}
