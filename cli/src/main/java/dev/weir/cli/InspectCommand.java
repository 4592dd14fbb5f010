package dev.weir.cli;

import dev.weir.Weir;
import dev.weir.error.RestoreException;
import dev.weir.job.stored.Damage;
import dev.weir.job.stored.Standing;
import dev.weir.job.stored.StateRow;
import dev.weir.job.stored.StoredCheckpoint;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks into a checkpoint storage or a savepoint. */
@Command(
    name = "inspect",
    description = "Looks into a checkpoint storage or a savepoint; the job may run meanwhile.",
    mixinStandardHelpOptions = true,
    subcommands = LedgerCommand.class)
final class InspectCommand implements Runnable {
  private static final String STORAGE = "a folder, or the URI of checkpoint.storage or a savepoint";
  private static final String CHECKPOINT =
      "name of its manifest, as list shows it (default: the one that a job would begin from)";

  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command is missing: list, manifest, state, verify or ledger");
  }

  @Command(
      name = "list",
      description = "Lists the checkpoints: one line each, oldest first.",
      mixinStandardHelpOptions = true)
  int list(
      @Parameters(paramLabel = "STORAGE", description = STORAGE, converter = StorageName.class)
          URI storage,
      @Option(names = "--json", description = "a JSON object for each") boolean isJson) {
    List<StoredCheckpoint> all = Weir.checkpoints(storage);
    all.forEach(each -> out().println(isJson ? JsonText.line(each) : text(each)));
    return all.stream().anyMatch(each -> each.standing() == Standing.DAMAGED)
        ? ExitCode.DAMAGED
        : ExitCode.OK;
  }

  private static String text(StoredCheckpoint checkpoint) {
    return "%s  %s  checkpoint %d of attempt %d, job '%s', %d bytes"
        .formatted(
            checkpoint.manifest(),
            checkpoint.standing().name().toLowerCase(Locale.ROOT).replace('_', ' '),
            checkpoint.checkpointId(),
            checkpoint.attempt(),
            checkpoint.job(),
            checkpoint.bytes());
  }

  @Command(
      name = "manifest",
      description = "Prints what a checkpoint consists of, as JSON.",
      mixinStandardHelpOptions = true)
  int manifest(
      @Parameters(paramLabel = "STORAGE", description = STORAGE, converter = StorageName.class)
          URI storage,
      @Option(names = "--checkpoint", paramLabel = "MANIFEST", description = CHECKPOINT)
          Optional<String> name) {
    List<StoredCheckpoint> all = Weir.checkpoints(storage);
    StoredCheckpoint chosen =
        name.map(wanted -> all.stream().filter(each -> each.manifest().equals(wanted)).findFirst())
            .orElseGet(() -> begin(all))
            .filter(each -> each.standing() != Standing.DAMAGED)
            .orElseThrow(
                () ->
                    new RestoreException(
                        "Tried to find "
                            + name.orElse("a checkpoint")
                            + " in "
                            + storage
                            + ", found "
                            + all.stream().map(InspectCommand::text).toList()
                            + ". Name one that is whole."));
    out().println(JsonText.page(chosen));
    return ExitCode.OK;
  }

  private static Optional<StoredCheckpoint> begin(List<StoredCheckpoint> all) {
    Set<Standing> named = Set.of(Standing.SAVEPOINT, Standing.NEWEST);
    return all.stream()
        .filter(each -> named.contains(each.standing()))
        .findFirst()
        .or(() -> all.stream().reduce((earlier, later) -> later));
  }

  @Command(
      name = "state",
      description = "Prints state, a JSON object for each row, by the schemas in the checkpoint.",
      mixinStandardHelpOptions = true)
  int state(
      @Parameters(paramLabel = "STORAGE", description = STORAGE, converter = StorageName.class)
          URI storage,
      @Option(names = "--checkpoint", paramLabel = "MANIFEST", description = CHECKPOINT)
          Optional<String> name,
      @Option(names = "--stage", paramLabel = "NAME", description = "only this stage's")
          Optional<String> stage,
      @Option(names = "--table", paramLabel = "NAME", description = "only this table's rows")
          Optional<String> table) {
    Consumer<StateRow> print =
        row -> {
          if (table.isEmpty() || table.get().equals(row.table())) {
            out().println(JsonText.line(row));
          }
        };
    Predicate<String> stages = each -> stage.isEmpty() || stage.get().equals(each);
    name.ifPresentOrElse(
        chosen -> Weir.readState(storage, chosen, stages, print),
        () -> Weir.readState(storage, stages, print));
    return ExitCode.OK;
  }

  @Command(
      name = "verify",
      description = "Reads every file of every checkpoint and compares its checksum.",
      mixinStandardHelpOptions = true)
  int verify(
      @Parameters(paramLabel = "STORAGE", description = STORAGE, converter = StorageName.class)
          URI storage) {
    List<Damage> damages = Weir.verify(storage);
    damages.forEach(each -> out().println("damaged: " + each.what()));
    if (damages.isEmpty()) {
      int count = Weir.checkpoints(storage).size();
      out().println("whole: every file of " + count + " checkpoints is as it was written");
    }
    return damages.isEmpty() ? ExitCode.OK : ExitCode.DAMAGED;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
