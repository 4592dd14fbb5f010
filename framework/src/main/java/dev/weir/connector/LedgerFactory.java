package dev.weir.connector;

import java.util.Optional;

/** Makes the job's ledger, once per attempt. Immutable. */
public interface LedgerFactory {
  /**
   * @param other another sink's factory
   * @return true if one ledger can serve both, because their output is committed in one transaction
   */
  boolean sharesWith(LedgerFactory other);

  /**
   * Makes a ledger that has touched nothing yet. Called on an I/O thread; may block.
   *
   * @param context what it may use
   * @param timing the checkpoint timing it must be able to hold
   * @return a new ledger
   * @throws dev.weir.error.InvalidConfigException if the outside system's limits do not fit the
   *     timing
   */
  CheckpointLedger create(ConnectorContext context, LedgerTiming timing);

  /**
   * Makes the beacon by which instances of one job know of each other, so that one stands by while
   * another one runs. Called on an I/O thread; may block.
   *
   * @param context what it may use
   * @return a new beacon; empty: there is none, and an instance that starts fences the one before
   */
  default Optional<OwnerBeacon> beacon(ConnectorContext context) {
    return Optional.empty();
  }
}
