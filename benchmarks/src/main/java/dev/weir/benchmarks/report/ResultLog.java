package dev.weir.benchmarks.report;

import dev.weir.benchmarks.run.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every run as a line of JSON. Confined to one thread. */
public final class ResultLog {
  private final Path file;
  private final JsonMapper json = new JsonMapper();

  /** The file need not be there. */
  public ResultLog(Path file) {
    this.file = file;
  }

  /** Adds a run; returns its line. */
  public String add(Outcome outcome) {
    String line = json.writeValueAsString(outcome.values());
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the results to " + file, e);
    }
    return line;
  }

  /** All runs, oldest first. */
  public List<JsonNode> runs() {
    List<JsonNode> runs = new ArrayList<>();
    try {
      for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
        runs.add(json.readTree(line));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the results in " + file, e);
    }
    return runs;
  }
}
