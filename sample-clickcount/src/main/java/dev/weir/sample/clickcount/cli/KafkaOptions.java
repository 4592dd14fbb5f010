package dev.weir.sample.clickcount.cli;

import picocli.CommandLine.Option;

/** Where Kafka and the topics are. Filled by picocli. */
final class KafkaOptions {
  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:9092",
      description = "Kafka's address (default: ${DEFAULT-VALUE})")
  String bootstrapServers;

  @Option(
      names = "--input",
      paramLabel = "TOPIC",
      defaultValue = "input",
      description = "topic of the clicks (default: ${DEFAULT-VALUE})")
  String input;

  @Option(
      names = "--output",
      paramLabel = "TOPIC",
      defaultValue = "output",
      description = "topic of the counts (default: ${DEFAULT-VALUE})")
  String output;
}
