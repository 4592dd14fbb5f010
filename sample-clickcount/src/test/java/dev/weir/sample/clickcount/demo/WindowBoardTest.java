package dev.weir.sample.clickcount.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.sample.clickcount.Clicks;
import dev.weir.sample.clickcount.PageCount;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WindowBoardTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final WindowBoard board = new WindowBoard();

  @Test
  void shouldShowTheNewestWindowsOldestFirst() {
    board.add(count("/help", 2, 1000));
    board.add(count("/help", 0, 1000));
    board.add(count("/help", 1, 1000));

    assertThat(board.newest(2))
        .extracting(WindowBoard.Row::start)
        .containsExactly(START.plusSeconds(15), START.plusSeconds(30));
    assertThat(board.windows()).isEqualTo(3);
  }

  @Test
  void shouldMarkWhatCameTwice() {
    board.add(count("/help", 0, 1000));
    WindowBoard.Row row = board.add(count("/help", 0, 1000));

    assertThat(row.text()).contains("/help 1000 x2").contains("/news -");
    assertThat(row.cells().get("/help").isRight()).isFalse();
    assertThat(board.doubled()).isEqualTo(1);
  }

  @Test
  void shouldBeCompleteWithAllPages() {
    for (String page : Clicks.PAGES.subList(1, Clicks.PAGES.size())) {
      assertThat(board.add(count(page, 0, 1000)).isComplete()).isFalse();
    }

    assertThat(board.add(count(Clicks.PAGES.get(0), 0, 999)).isComplete()).isTrue();
    assertThat(board.newest(1).get(0).cells().get("/help").isRight()).isFalse();
    assertThat(board.newest(1).get(0).cells().get("/news").isRight()).isTrue();
  }

  private static PageCount count(String page, long window, long count) {
    Instant start = START.plus(Clicks.WINDOW.multipliedBy(window));
    return new PageCount(page, start, start.plus(Clicks.WINDOW), count);
  }
}
