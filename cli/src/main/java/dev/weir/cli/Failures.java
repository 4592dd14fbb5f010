package dev.weir.cli;

import dev.weir.error.RestoreException;
import dev.weir.error.WeirException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Turns failures into one line on standard error and an exit code. Stateless. */
final class Failures {
  private Failures() {}

  static int onUsage(ParameterException failure, String[] args) {
    CommandLine command = failure.getCommandLine();
    command
        .getErr()
        .println(
            "error: "
                + oneLine(failure.getMessage())
                + " (see "
                + command.getCommandSpec().qualifiedName()
                + " --help)");
    return ExitCode.USAGE;
  }

  static int onFailure(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (failure instanceof WeirException) {
      err.println("error: " + oneLine(failure.getMessage()));
      return failure instanceof RestoreException ? ExitCode.DAMAGED : ExitCode.FAILED;
    }
    failure.printStackTrace(err);
    return ExitCode.FAILED;
  }

  private static String oneLine(String message) {
    return message.strip().replaceAll("\\s*\\R\\s*", " | ");
  }
}
