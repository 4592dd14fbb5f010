package dev.weir.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The main class: looks into checkpoints and compares pipelines with them. Changes nothing. */
@Command(
    name = "weir",
    description = "Looks into checkpoints and savepoints. Changes nothing.",
    mixinStandardHelpOptions = true,
    subcommands = {InspectCommand.class, DiffCommand.class},
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0   all is well; of diff: everything goes on as it was",
      "  1   diff: a job would begin, and something goes on otherwise",
      "  2   diff: a job would refuse",
      "  3   a checkpoint or a part of it is missing or damaged, also by the ledger",
      "  64  the command line cannot be understood",
      "  70  another failure: storage, brokers, rights, a pipeline that throws"
    })
public final class WeirCommand implements Runnable {
  @Spec CommandSpec spec;

  private WeirCommand() {}

  /**
   * Runs a command and ends the process.
   *
   * @param args a command and its options
   */
  public static void main(String[] args) {
    System.exit(
        commandLine()
            .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
            .execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new WeirCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Failures::onUsage)
        .setExecutionExceptionHandler(Failures::onFailure);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing: inspect or diff");
  }
}
