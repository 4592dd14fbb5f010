package dev.weir.sample.clickcount.demo;

import dev.weir.sample.clickcount.verifier.Verdict;
import dev.weir.time.Clock;
import java.io.PrintStream;

/**
 * Sets a demonstration up, runs it, and clears everything away, also when the user interrupts it.
 */
public final class Demo {
  private final DemoSettings settings;
  private final String mainClass;
  private final PrintStream out;
  private final boolean isLive;
  private final Clock clock;

  /**
   * @param settings what to show
   * @param mainClass name of the class whose {@code main} has the commands {@code generate} and
   *     {@code run}
   * @param out where to show it
   * @param isLive whether that is a terminal on which a table can be redrawn
   * @param clock measures recoveries
   */
  public Demo(
      DemoSettings settings, String mainClass, PrintStream out, boolean isLive, Clock clock) {
    this.settings = settings;
    this.mainClass = mainClass;
    this.out = out;
    this.isLive = isLive;
    this.clock = clock;
  }

  /**
   * Runs the demonstration. Blocks until it has ended.
   *
   * @return true if what came out is what the guarantee promises
   * @throws dev.weir.error.WeirException if something else than the planned kills has stopped it
   */
  public boolean run() {
    out.println("Starting a broker, a generator and the job ...");
    try (DemoSetup setup = DemoSetup.open(settings, mainClass)) {
      Verdict verdict = direct(setup);
      return DemoReport.isAsGuaranteed(settings.guarantee(), verdict);
    }
  }

  private Verdict direct(DemoSetup setup) {
    DemoScreen screen = isLive ? new LiveScreen(out) : new LineScreen(out);
    DemoProgress progress = new DemoProgress(settings);
    DemoDirector director = new DemoDirector(settings, setup, progress, screen, clock);
    Verdict verdict = director.run();
    screen.finish();
    progress.report().lines(settings, verdict).forEach(out::println);
    return verdict;
  }
}
