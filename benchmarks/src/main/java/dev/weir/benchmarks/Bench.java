package dev.weir.benchmarks;

import dev.weir.benchmarks.report.PlotPage;
import dev.weir.benchmarks.report.ResultLog;
import dev.weir.benchmarks.report.ResultTable;
import dev.weir.benchmarks.run.Engine;
import dev.weir.benchmarks.run.Rounds;
import dev.weir.benchmarks.run.Settings;
import dev.weir.benchmarks.run.Workload;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./weir bench}: times engines side by side, and shows the results so far. */
@Command(
    name = "weir bench",
    description = "Times stream processors side by side, each a process of its own.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class Bench implements Callable<Integer> {
  @Parameters(
      index = "0",
      arity = "0..1",
      description = "${COMPLETION-CANDIDATES}; without one, only the results so far are shown.")
  private Workload workload;

  @Parameters(
      index = "1..*",
      description =
          "weir, weir-rocksdb, loop, loop-none, kstreams, flink, flink-rocksdb, jet;"
              + " without any, weir and loop.")
  private List<String> engines = List.of("weir", "loop");

  @Option(names = "--rounds", defaultValue = "5", description = "How often each engine runs.")
  private int rounds;

  @Option(names = "--count", description = "Records; default depends on workload and keys.")
  private Long count;

  @Option(names = "--keys", defaultValue = "10000", description = "Keys of W8 and W9.")
  private int keys;

  @Option(
      names = "--interval",
      description = "Of commits or checkpoints, ms; default 1000, with much state 10000.")
  private Integer interval;

  @Option(names = "--parallelism", defaultValue = "2", description = "Threads or tasks.")
  private int parallelism;

  @Option(names = "--rate", defaultValue = "50000", description = "Records a second of W4, W5.")
  private int rate;

  @Option(names = "--warm", defaultValue = "30", description = "Seconds W4, W5 do not count.")
  private int warm;

  @Option(names = "--seconds", defaultValue = "30", description = "Seconds W4, W5 count.")
  private int seconds;

  @Option(
      names = "--timeout",
      description = "Seconds before a run is void; default depends on the workload.")
  private Integer timeout;

  @Option(names = "--wait", defaultValue = "30", description = "Seconds to wait for quiet.")
  private int quiet;

  @Option(
      names = "--archive",
      description = "Each engine first makes a class-data archive of what it loads, and uses it.")
  private boolean isArchived;

  @Option(names = "--results", defaultValue = "benchmarks/target/results")
  private Path folder;

  private Bench() {}

  /** Runs the command and ends the process. */
  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Bench()).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    ResultLog log = new ResultLog(folder.resolve("results.jsonl"));
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    if (workload != null) {
      new Rounds(settings(), out::println, outcome -> out.println(log.add(outcome))).run();
    }
    out.println(ResultTable.of(log.runs()));
    out.println("Plots: " + PlotPage.write(log.runs(), folder));
    return 0;
  }

  private Settings settings() {
    return new Settings(
        workload,
        engines.stream().flatMap(Bench::engine).toList(),
        rounds,
        count == null ? workload.usualCount(keys) : count,
        keys,
        interval == null ? workload.usualIntervalMillis(keys) : interval,
        parallelism,
        rate,
        warm,
        seconds,
        timeout == null ? workload.usualTimeoutSeconds() : timeout,
        quiet,
        isArchived,
        folder.toAbsolutePath());
  }

  private static Stream<Engine> engine(String label) {
    return Stream.of(
        Engine.of(label)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "No engine is called " + label + "; see weir bench --help.")));
  }
}
