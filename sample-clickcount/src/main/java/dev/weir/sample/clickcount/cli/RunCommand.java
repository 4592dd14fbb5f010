package dev.weir.sample.clickcount.cli;

import dev.weir.job.JobConfig;
import dev.weir.sample.clickcount.JobSettings;
import dev.weir.sample.clickcount.job.ClickCountJob;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the job. */
@Command(
    name = "run",
    description = {
      "Counts the clicks until it is stopped. Killed and started again with the same --job and"
          + " --checkpoint-dir it goes on where it was; stopped by SIGTERM or Ctrl-C it takes a"
          + " final checkpoint."
    },
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Mixin KafkaOptions kafka;

  @Mixin JobOptions job;

  @Option(
      names = "--job",
      paramLabel = "NAME",
      defaultValue = "clickcount",
      description = "the job's name, its identity (default: ${DEFAULT-VALUE})")
  String name;

  @Option(
      names = "--checkpoint-dir",
      paramLabel = "FOLDER",
      required = true,
      description = "this job's own folder for checkpoints")
  Path checkpointDir;

  @Option(
      names = "--local-dir",
      paramLabel = "FOLDER",
      description = "working files of --state rocksdb (default: a temporary folder)")
  Optional<Path> localDir;

  @Option(
      names = "--source-property",
      paramLabel = "NAME=VALUE",
      description = "a setting of the source's Kafka clients, such as consumer.max.poll.records")
  Map<String, String> sourceProperties = Map.of();

  @Option(
      names = "--sink-property",
      paramLabel = "NAME=VALUE",
      description = "a setting of the sink's Kafka clients, such as producer.compression.type")
  Map<String, String> sinkProperties = Map.of();

  @Option(
      names = "--meters-every",
      paramLabel = "DURATION",
      converter = Converters.Time.class,
      description = "prints a line of meters so often")
  Optional<Duration> metersEvery;

  @Override
  public Integer call() throws InterruptedException {
    JobSettings settings =
        new JobSettings(
            name,
            kafka.bootstrapServers,
            kafka.input,
            kafka.output,
            job.guarantee,
            sourceProperties,
            sinkProperties);
    ClickCountJob.run(settings, config(), spec.commandLine().getOut(), metersEvery);
    return ExitCode.OK;
  }

  private JobConfig.Builder config() {
    JobConfig.Builder config =
        JobConfig.builder()
            .parallelism(job.parallelism())
            .stateBackend(job.state)
            .checkpointInterval(job.checkpointInterval)
            .checkpointStorage(checkpointDir.toAbsolutePath());
    localDir.ifPresent(folder -> config.localDirectory(folder.toAbsolutePath()));
    return config;
  }
}
