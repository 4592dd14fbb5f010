package dev.weir.sample.clickcount.cli;

import dev.weir.sample.clickcount.demo.Demo;
import dev.weir.sample.clickcount.demo.DemoSettings;
import dev.weir.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what exactly-once means. */
@Command(
    name = "demo",
    description = {
      "Starts a broker, a generator and the job, kills the job with kill -9 again and again while"
          + " clicks keep coming, and judges what came out.",
      "Ends with 0 if the output is what the guarantee promises, with 1 if not."
    },
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  /** Set by the launcher script, which can ask whether standard output is a terminal. */
  private static final String TERMINAL = "weir.terminal";

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "a Kafka to use; topics made there are removed (default: a broker of its own)")
  Optional<String> bootstrapServers;

  @Mixin LoadOptions load;

  @Mixin JobOptions job;

  @Option(
      names = "--kills",
      paramLabel = "COUNT",
      defaultValue = "5",
      description = "how often the job is killed (default: ${DEFAULT-VALUE})")
  int kills;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      description = "decides the moments of the kills (default: a random one, shown at the end)")
  Optional<Long> seed;

  @Override
  public Integer call() {
    DemoSettings settings =
        new DemoSettings(
            bootstrapServers,
            load.rate(),
            load.duration(),
            kills,
            seed.orElseGet(() -> (long) ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE)),
            job.parallelism(),
            job.state,
            job.guarantee,
            job.checkpointInterval);
    boolean isLive = Boolean.getBoolean(TERMINAL);
    Demo demo = new Demo(settings, ClickCount.class.getName(), System.out, isLive, Clock.system());
    return demo.run() ? ExitCode.OK : ExitCode.BROKEN_PROMISE;
  }
}
