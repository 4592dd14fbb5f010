package dev.weir.sample.clickcount.cli;

import dev.weir.sample.clickcount.Clicks;
import dev.weir.sample.clickcount.InputPlan;
import dev.weir.sample.clickcount.generator.ClickGenerator;
import dev.weir.sample.clickcount.generator.GeneratorSettings;
import dev.weir.time.Clock;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sends clicks. */
@Command(
    name = "generate",
    description = {
      "Sends clicks to an empty topic, exactly 1000 per page and window, then closes the input.",
      "SIGTERM or Ctrl-C makes it end with the window that it is in."
    },
    mixinStandardHelpOptions = true)
final class GenerateCommand implements Callable<Integer> {
  private static final Duration END_BOUND = Duration.ofSeconds(20);

  @Spec CommandSpec spec;

  @Mixin KafkaOptions kafka;

  @Mixin LoadOptions load;

  @Option(
      names = "--windows",
      paramLabel = "COUNT",
      description = "how many windows, instead of --minutes")
  Optional<Long> windows;

  @Option(
      names = "--start",
      paramLabel = "MOMENT",
      converter = Converters.Moment.class,
      description = "start of the first window (default: so that event time ends about now)")
  Optional<Instant> start;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description = "decides the disorder of the clicks (default: ${DEFAULT-VALUE})")
  long seed;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    InputPlan plan = plan(Clock.system());
    ClickGenerator generator =
        new ClickGenerator(
            new GeneratorSettings(kafka.bootstrapServers, kafka.input, plan, load.rate(), seed),
            Clock.system());
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(generator, ended), "generate-end"));
    out.printf(
        "Sending %d windows from %s to %s, %d clicks/s%n",
        plan.windows(), plan.start(), kafka.input, load.rate());
    out.flush();
    try {
      out.printf("Sent %d windows and the end of the input%n", generator.run().windows());
      out.flush();
    } finally {
      ended.countDown();
    }
    return ExitCode.OK;
  }

  /** Runs when the process is asked to end: the input is given its end first. */
  private static void end(ClickGenerator generator, CountDownLatch ended) {
    generator.requestEnd();
    try {
      if (!ended.await(END_BOUND.toMillis(), TimeUnit.MILLISECONDS)) {
        System.err.println(
            "error: The input was not closed within "
                + END_BOUND.toSeconds()
                + " s; it has no end.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private InputPlan plan(Clock clock) {
    Instant now = Instant.ofEpochMilli(clock.millis());
    InputPlan lasting = InputPlan.lasting(now, load.rate(), load.duration());
    long count = windows.orElse(lasting.windows());
    Instant first = lasting.end().minus(Clicks.WINDOW.multipliedBy(count));
    return new InputPlan(start.orElse(first), count);
  }
}
