package dev.weir.sample.clickcount.cli;

import dev.weir.error.JobFailedException;
import dev.weir.error.WeirException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Turns errors into one line on standard error and an exit code. Stateless. */
final class Errors {
  private Errors() {}

  /** The command line was not understood. */
  static int onUsage(ParameterException error, String[] args) {
    CommandLine command = error.getCommandLine();
    command
        .getErr()
        .println(
            "error: "
                + oneLine(error.getMessage())
                + " (see "
                + command.getCommandSpec().qualifiedName()
                + " --help)");
    return ExitCode.USAGE;
  }

  /** A command has failed. */
  static int onFailure(Exception error, CommandLine command, CommandLine.ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (error instanceof WeirException) {
      err.println("error: " + said(error));
      return ExitCode.OPERATING_ERROR;
    }
    if (error instanceof IllegalArgumentException) {
      err.println("error: " + oneLine(error.getMessage()));
      return ExitCode.USAGE;
    }
    error.printStackTrace(err);
    return ExitCode.BUG;
  }

  /** A job's failure says no more than that it has failed; what matters is why. */
  private static String said(Throwable error) {
    Throwable cause = error.getCause();
    return error instanceof JobFailedException && cause instanceof WeirException
        ? oneLine(cause.getMessage())
        : oneLine(error.getMessage());
  }

  private static String oneLine(String message) {
    return message.strip().replaceAll("\\s*\\R\\s*", " | ");
  }
}
