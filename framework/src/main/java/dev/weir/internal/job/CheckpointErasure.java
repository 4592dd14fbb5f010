package dev.weir.internal.job;

import dev.weir.connector.CheckpointLedger;
import dev.weir.connector.CheckpointLedger.TakeOver;
import dev.weir.internal.base.Closing;
import dev.weir.internal.base.SerialExecutor;
import dev.weir.internal.snapshot.CheckpointStore;
import java.util.Optional;

/**
 * Forgets and removes all checkpoints of a job that was cancelled. The ledger forgets first: a
 * crash in between leaves files that no ledger names, which the next start refuses by name. Blocks;
 * on one I/O thread, when no attempt of this job is left here.
 */
final class CheckpointErasure {
  private final JobScope scope;

  CheckpointErasure(JobScope scope) {
    this.scope = scope;
  }

  /**
   * Takes over, as a restart would, and leaves nothing.
   *
   * @param newest the newest take-over by this instance, if there was one
   * @throws dev.weir.error.FencedException if another instance has taken over: it keeps everything
   */
  void run(Optional<Tenure> newest) throws Exception {
    newest.ifPresent(Tenure::checkNewest);
    try (Closing resources = new Closing()) {
      AttemptResources made =
          new AttemptResources(
              scope.job(), scope.ports(), new SerialExecutor(scope.io()), resources);
      CheckpointStore store = made.store();
      CheckpointLedger ledger = made.ledger();
      TakeOver takeOver = ledger.takeOver();
      ledger.forget();
      store.removeAll(takeOver.attempt());
    }
  }
}
