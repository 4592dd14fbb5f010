package dev.weir.internal.job;

import dev.weir.connector.LedgerFactory;
import dev.weir.error.InvalidConfigException;
import dev.weir.pipeline.LogicalGraph;
import dev.weir.pipeline.Stage;
import java.util.Optional;

/** Which ledger a pipeline's checkpoints are completed in. Pure. */
final class Ledgers {
  private Ledgers() {}

  /**
   * The ledger that the sinks offer.
   *
   * @return the factory; empty: no sink offers one
   * @throws InvalidConfigException if sinks offer ledgers that cannot be one
   */
  static Optional<LedgerFactory> offeredBy(LogicalGraph graph) {
    String offerer = null;
    LedgerFactory chosen = null;
    for (Stage stage : graph.stages()) {
      Optional<LedgerFactory> offered =
          stage instanceof Stage.SinkStage<?> sink ? sink.sink().ledger() : Optional.empty();
      if (offered.isEmpty()) {
        continue;
      }
      if (chosen != null && !chosen.sharesWith(offered.get())) {
        throw new InvalidConfigException(
            "Sinks '"
                + offerer
                + "' and '"
                + stage.name()
                + "' cannot be exactly-once in one job: their output is not committed in one"
                + " transaction. Use one cluster with the same settings for both, or a weaker"
                + " guarantee for one of them.");
      }
      chosen = chosen == null ? offered.get() : chosen;
      offerer = offerer == null ? stage.name() : offerer;
    }
    return Optional.ofNullable(chosen);
  }
}
