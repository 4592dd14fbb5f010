package dev.weir.testing.model;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tlc2.TLC;

/**
 * Runs TLC over the model, in a JVM of its own since TLC keeps its state in statics. The constants
 * are those of {@code Ledger.cfg} but for the ones set here.
 */
final class ModelCheck {
  private static final Path MODEL = Path.of("../docs/model").toAbsolutePath().normalize();
  private static final Pattern VIOLATED =
      Pattern.compile("Error: (?:Invariant|Action property) (\\w+)");
  private static final Pattern FINISHED =
      Pattern.compile("([\\d,]+) distinct states found, 0 states left on queue");

  private final Path folder;
  private final Map<String, String> constants = new TreeMap<>();

  /** A check that leaves its files in this folder. */
  ModelCheck(Path folder) {
    this.folder = folder;
  }

  ModelCheck with(String constant, String value) {
    constants.put(constant, value);
    return this;
  }

  /**
   * What TLC found.
   *
   * @param violated the property that does not hold
   * @param states distinct states, if all were seen
   * @param text all that TLC has printed
   */
  record Result(Optional<String> violated, Optional<String> states, String text) {}

  Result run() throws IOException, InterruptedException {
    Files.copy(MODEL.resolve("Ledger.tla"), folder.resolve("Ledger.tla"));
    Files.writeString(folder.resolve("Ledger.cfg"), config());
    Path printed = folder.resolve("tlc.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseParallelGC",
                "-Xmx2g",
                "-cp",
                jar().toString(),
                TLC.class.getName(),
                "-workers",
                "auto",
                "-metadir",
                folder.resolve("states").toString(),
                "Ledger.tla")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    try {
      process.waitFor();
    } finally {
      process.destroyForcibly();
    }
    return result(Files.readString(printed));
  }

  private String config() throws IOException {
    String config = Files.readString(MODEL.resolve("Ledger.cfg"));
    for (Map.Entry<String, String> constant : constants.entrySet()) {
      Matcher line = Pattern.compile("(?m)^  " + constant.getKey() + " = .*$").matcher(config);
      if (!line.find()) {
        throw new IllegalArgumentException("Ledger.cfg has no constant " + constant.getKey());
      }
      config = line.replaceFirst("  " + constant.getKey() + " = " + constant.getValue());
    }
    return config;
  }

  private static Path jar() {
    try {
      return Path.of(TLC.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Result result(String text) {
    return new Result(first(VIOLATED, text), first(FINISHED, text), text);
  }

  private static Optional<String> first(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(found -> found.group(1)).findFirst();
  }
}
