package dev.weir.testing.sim;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a thread, and those it starts from then on, on one core: threads that pass a baton never
 * run at the same time, and a hand-over to another core takes longer. Where there is no {@code
 * taskset}, as outside of Linux, everything runs as before.
 */
public final class OneCore {
  private static final Logger LOG = LoggerFactory.getLogger(OneCore.class);
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path THIS_THREAD = Path.of("/proc/thread-self");
  private static final String ALLOWED = "Cpus_allowed_list:";

  private OneCore() {}

  /**
   * Keeps the calling thread where it is told. Blocks for some milliseconds.
   *
   * @param number on which of the cores that this JVM may use, counted around; at least 0
   * @throws InterruptedException if interrupted meanwhile
   */
  public static void keep(int number) throws InterruptedException {
    try {
      int[] cores = allowed();
      String thread = Files.readSymbolicLink(THIS_THREAD).getFileName().toString();
      String core = String.valueOf(cores[number % cores.length]);
      ProcessBuilder command = new ProcessBuilder("taskset", "-pc", core, thread);
      int exit = command.redirectOutput(Redirect.DISCARD).start().waitFor();
      LOG.debug("taskset for core {} has ended with {}", core, exit);
    } catch (IOException e) {
      LOG.debug("The runs stay on any core", e);
    }
  }

  private static int[] allowed() throws IOException {
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith(ALLOWED))
          .map(line -> line.substring(ALLOWED.length()).trim())
          .flatMapToInt(OneCore::numbers)
          .toArray();
    }
  }

  /** Those of a list as {@code 0-3,8}. */
  static IntStream numbers(String list) {
    return Arrays.stream(list.split(","))
        .map(range -> range.split("-"))
        .flatMapToInt(
            ends ->
                IntStream.rangeClosed(
                    Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1])));
  }
}
