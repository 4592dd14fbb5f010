package dev.weir.sample.clickcount.demo;

import java.io.PrintStream;
import java.time.Duration;

/**
 * Plain lines, for a file or a pipe: each window when it is complete, each event, now and then the
 * state.
 */
final class LineScreen implements DemoScreen {
  private static final Duration STATE_EVERY = Duration.ofSeconds(10);

  private final PrintStream out;
  private Duration nextState = STATE_EVERY;

  LineScreen(PrintStream out) {
    this.out = out;
  }

  @Override
  public int rows() {
    return 0;
  }

  @Override
  public void event(String what) {
    out.println(what);
  }

  @Override
  public void counted(WindowBoard.Row row) {
    if (row.isEven()) {
      out.println("window " + row.start() + "  " + row.text());
    }
  }

  @Override
  public void show(DemoView view) {
    if (view.elapsed().compareTo(nextState) >= 0) {
      nextState = view.elapsed().plus(STATE_EVERY);
      out.println(String.join("; ", view.lines()));
    }
  }

  @Override
  public void finish() {
    out.flush();
  }
}
