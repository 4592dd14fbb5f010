package dev.weir.sample.clickcount.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The sample's main class.
 *
 * <p>Exit codes: 0 all went well; 1 the output is not what the guarantee promises; 2 the command
 * line cannot be understood; 3 Kafka, a topic, a folder or a setting is not as it must be (one line
 * on standard error says which); 70 a bug.
 */
@Command(
    name = "weir",
    description = "Counts clicks per page in windows of 15 seconds, exactly once.",
    mixinStandardHelpOptions = true,
    subcommands = {
      DemoCommand.class,
      CreateTopicsCommand.class,
      GenerateCommand.class,
      RunCommand.class,
      VerifyCommand.class
    },
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0   all went well",
      "  1   the output is not what the guarantee promises",
      "  2   the command line cannot be understood",
      "  3   Kafka, a topic, a folder or a setting is not as it must be",
      "  70  a bug"
    })
public final class ClickCount {
  private ClickCount() {}

  /**
   * Runs a command and ends the process.
   *
   * @param args a command and its options
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new ClickCount())
        .setParameterExceptionHandler(Errors::onUsage)
        .setExecutionExceptionHandler(Errors::onFailure);
  }
}
