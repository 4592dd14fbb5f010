package dev.weir.testing.proof;

import dev.weir.pipeline.LogicalGraph;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One life of a job: stopped with a savepoint, it begins another one from there, under another
 * name, with a ledger and a folder of its own. Immutable.
 *
 * @param number from 0
 * @param savepoint which it begins from
 */
record Life(int number, Optional<URI> savepoint) {
  private static final Path ROOT = Path.of("/weir");
  private static final String LEDGER = "weir-ledger-";
  private static final String LATER = "-life-";

  static Life first() {
    return new Life(0, Optional.empty());
  }

  Life next(URI from) {
    return new Life(number + 1, Optional.of(from));
  }

  /** Where its checkpoints are. */
  Path folder() {
    return ROOT.resolve("checkpoints" + suffix());
  }

  /** Where a savepoint of any life is. */
  static Path savepoint(int number) {
    return ROOT.resolve("savepoints").resolve(Integer.toString(number));
  }

  /** The same pipeline under its name in this life. */
  LogicalGraph named(LogicalGraph graph) {
    return new LogicalGraph(graph.name() + suffix(), graph.stages(), graph.earlierNames());
  }

  boolean isLedger(String topic) {
    return topic.startsWith(LEDGER)
        && (number == 0 ? !topic.contains(LATER) : topic.endsWith(suffix()));
  }

  private String suffix() {
    return number == 0 ? "" : LATER + number;
  }
}
