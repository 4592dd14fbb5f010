package dev.weir.sample.clickcount.cli;

import dev.weir.sample.clickcount.kafka.KafkaCluster;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes the topics. */
@Command(
    name = "create-topics",
    description = "Makes the input and the output topic, where they are not there yet.",
    mixinStandardHelpOptions = true)
final class CreateTopicsCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Mixin KafkaOptions kafka;

  @Option(
      names = "--partitions",
      paramLabel = "COUNT",
      defaultValue = "4",
      description = "partitions of each topic (default: ${DEFAULT-VALUE})")
  int partitions;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (KafkaCluster cluster = KafkaCluster.connect(kafka.bootstrapServers)) {
      for (String topic : List.of(kafka.input, kafka.output)) {
        boolean isNew = cluster.create(topic, partitions);
        out.printf("Topic %s %s%n", topic, isNew ? "made" : "is there already");
      }
    }
    return ExitCode.OK;
  }
}
