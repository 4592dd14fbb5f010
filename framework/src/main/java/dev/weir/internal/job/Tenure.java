package dev.weir.internal.job;

import dev.weir.connector.CheckpointLedger;
import dev.weir.error.FencedException;
import dev.weir.error.WeirException;

/**
 * An attempt's hold on the job, from when it took over the ledger until a newer one does; may be
 * asked after the attempt is closed. Immutable. Its methods block and run on an I/O thread when
 * nobody else uses the ledger any more.
 *
 * @param attempt the attempt's number
 * @param ledger what it took over
 */
record Tenure(long attempt, CheckpointLedger ledger) {
  /** Throws {@link FencedException} if a newer attempt has taken over. */
  void checkNewest() {
    ledger.checkNewest();
  }

  /** What is behind a failure of the attempt: a newer attempt, or the failure itself. */
  Throwable reasonOf(Throwable failure) {
    if (failure instanceof WeirException known && !known.isRestartable()) {
      return failure;
    }
    try {
      ledger.checkNewest();
    } catch (FencedException fenced) {
      fenced.addSuppressed(failure);
      return fenced;
    } catch (Throwable unknown) {
      failure.addSuppressed(unknown);
    }
    return failure;
  }
}
