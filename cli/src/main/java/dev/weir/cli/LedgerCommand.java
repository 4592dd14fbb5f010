package dev.weir.cli;

import dev.weir.Weir;
import dev.weir.connectors.kafka.sink.KafkaLedgers;
import dev.weir.connectors.kafka.sink.LedgerLine;
import dev.weir.job.stored.Standing;
import dev.weir.job.stored.StoredCheckpoint;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a job's ledger in Kafka holds, and whether its storage has what that names. */
@Command(
    name = "ledger",
    description = {
      "Lists the records of a job's ledger in Kafka, oldest first; the job may run meanwhile.",
      "With --storage it ends with 3 if the newest completed checkpoint is not there or damaged."
    },
    mixinStandardHelpOptions = true)
final class LedgerCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(paramLabel = "JOB", description = "the job's name")
  String job;

  @Option(
      names = "--kafka",
      paramLabel = "SERVERS",
      required = true,
      description = "addresses of the brokers")
  String servers;

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description = "the ledger's topic (default: weir-ledger-JOB)")
  Optional<String> topic;

  @Option(
      names = "--property",
      paramLabel = "KEY=VALUE",
      description = "a setting of the consumer, such as security.protocol=SSL; may be repeated")
  Map<String, String> properties = Map.of();

  @Option(
      names = "--storage",
      paramLabel = "STORAGE",
      converter = StorageName.class,
      description = "the job's checkpoint.storage, to be compared")
  Optional<URI> storage;

  @Option(names = "--json", description = "a JSON object for each")
  boolean isJson;

  @Override
  public Integer call() {
    List<LedgerLine> lines =
        KafkaLedgers.read(servers, topic.orElse(KafkaLedgers.topicOf(job)), properties);
    PrintWriter out = spec.commandLine().getOut();
    lines.forEach(each -> out.println(isJson ? JsonText.line(each) : text(each)));
    Optional<String> misfit = storage.flatMap(place -> misfit(lines, Weir.checkpoints(place)));
    misfit.ifPresent(what -> spec.commandLine().getErr().println("damaged: " + what));
    return misfit.isPresent() ? ExitCode.DAMAGED : ExitCode.OK;
  }

  private static String text(LedgerLine line) {
    String what =
        switch (line.kind()) {
          case CLAIM -> "takes over";
          case FORGOTTEN -> "all checkpoints before are forgotten";
          case COMPLETED ->
              "checkpoint %d completed, %s, output in %s"
                  .formatted(
                      line.checkpointId().orElseThrow(),
                      line.manifest(),
                      line.topics().isEmpty() ? "no topic that it names" : line.topics());
        };
    return "@%d  %s  attempt %d: %s"
        .formatted(
            line.offset(), line.fate().name().toLowerCase(Locale.ROOT), line.attempt(), what);
  }

  /** What the job would begin from must be in its storage. */
  static Optional<String> misfit(List<LedgerLine> lines, List<StoredCheckpoint> stored) {
    Optional<LedgerLine> newest =
        lines.stream()
            .filter(line -> line.fate() == LedgerLine.Fate.COMMITTED)
            .filter(line -> line.kind() != LedgerLine.Kind.CLAIM)
            .reduce((earlier, later) -> later)
            .filter(line -> line.kind() == LedgerLine.Kind.COMPLETED);
    Map<String, StoredCheckpoint> byName =
        stored.stream().collect(Collectors.toMap(StoredCheckpoint::manifest, each -> each));
    return newest
        .filter(line -> !isWhole(byName.get(line.manifest())))
        .map(
            line ->
                "the ledger names "
                    + line.manifest()
                    + " as the newest completed checkpoint, but the storage has "
                    + (byName.containsKey(line.manifest())
                        ? "it damaged"
                        : "only " + byName.keySet())
                    + ". Put the files back: the job refuses to begin without them.");
  }

  private static boolean isWhole(StoredCheckpoint checkpoint) {
    return checkpoint != null && checkpoint.standing() != Standing.DAMAGED;
  }
}
