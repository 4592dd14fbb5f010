package dev.weir.testing.proof;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The one command that shows again what a test has found. Pure, but for reading properties. */
public final class ReplayCommand {
  /** What changes the runs of a test, if it is set. */
  private static final String[] OPTIONS = {"deaths", "records", "lookedInto"};

  private ReplayCommand() {}

  /**
   * The command.
   *
   * @param test its class
   * @param method its method
   * @param choice the option that chooses one run of it, as {@code name=value}
   * @return a line for a shell, from the project's folder
   */
  public static String of(Class<?> test, String method, String choice) {
    String options =
        Stream.concat(
                Arrays.stream(OPTIONS).filter(ReplayCommand::isSet).map(ReplayCommand::set),
                Stream.of(choice))
            .map(option -> " -D" + quoted(option))
            .collect(Collectors.joining());
    return "./mvnw -pl testing -am test -Dtest="
        + quoted(test.getSimpleName() + "#" + method)
        + " -Dsurefire.failIfNoSpecifiedTests=false"
        + options;
  }

  private static boolean isSet(String option) {
    return System.getProperty(option) != null;
  }

  private static String set(String option) {
    return option + "=" + System.getProperty(option);
  }

  /** As a shell takes it for one word. */
  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9#=._-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
