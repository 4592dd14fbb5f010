package dev.weir.sample.clickcount.cli;

import dev.weir.sample.clickcount.verifier.OutputAudit;
import dev.weir.sample.clickcount.verifier.Verdict;
import dev.weir.time.Clock;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Judges the output. */
@Command(
    name = "verify",
    description = {
      "Judges every page and window of the output: present, once, exactly 1000 clicks.",
      "Waits until the output is complete, or nothing new has come for a while. Ends with 0 if"
          + " everything is exact, with 1 if not."
    },
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Mixin KafkaOptions kafka;

  @Option(
      names = "--patience",
      paramLabel = "DURATION",
      defaultValue = "30s",
      converter = Converters.Time.class,
      description = "how long to wait for a missing count (default: ${DEFAULT-VALUE})")
  Duration patience;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Verdict verdict =
        new OutputAudit(kafka.bootstrapServers, kafka.input, kafka.output, patience, Clock.system())
            .run();
    verdict.faults().forEach(out::println);
    out.println(verdict.summary());
    return verdict.isExact() ? ExitCode.OK : ExitCode.BROKEN_PROMISE;
  }
}
