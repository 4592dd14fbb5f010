package dev.weir.connector;

import java.util.Optional;

/**
 * The append-only facts about a job's checkpoints, and the one commit point: a checkpoint has
 * happened if and only if its entry is in the ledger. Methods block and are called by one I/O
 * thread at a time.
 */
public interface CheckpointLedger extends AutoCloseable {
  /**
   * Fences every earlier attempt, then claims the job for this one, then reads the ledger to its
   * end, in that order. When it returns, nothing an older attempt does can change the ledger or the
   * output.
   *
   * @return what was found
   * @throws dev.weir.error.FencedException if another instance took over meanwhile
   */
  TakeOver takeOver();

  /**
   * Second phase. Appends the entry and, in the same atomic step, makes visible the output of all
   * sinks that share the ledger. Returns when that is decided and done; an outcome that is not
   * known is asked for again until it is.
   *
   * @param entry the checkpoint; ids rise strictly
   * @throws dev.weir.error.CheckpointFailedException if it is decided that the checkpoint did not
   *     happen
   * @throws dev.weir.error.FencedException if a newer attempt has taken over
   */
  void complete(LedgerEntry entry);

  /**
   * Asks the ledger whether this attempt is still the newest one. Called after a failure, also
   * after {@link #close}, because what looks like a broken disk or network may be the work of a
   * newer attempt, which must not be taken over in turn.
   *
   * @throws dev.weir.error.FencedException if a newer attempt has taken over
   * @throws dev.weir.error.WeirException if that cannot be found out
   */
  default void checkNewest() {}

  /**
   * Forgets every checkpoint: the next attempt begins anew. Only for an attempt that has taken over
   * and completes nothing.
   *
   * @throws dev.weir.error.FencedException if a newer attempt has taken over
   */
  void forget();

  /** Releases everything without completing anything. Idempotent. */
  @Override
  void close();

  /**
   * What a take-over found.
   *
   * @param attempt this attempt's number; above that of every earlier one
   * @param lastCompleted the newest completed checkpoint; empty if there never was one, or all are
   *     forgotten
   */
  record TakeOver(long attempt, Optional<LedgerEntry> lastCompleted) {}
}
