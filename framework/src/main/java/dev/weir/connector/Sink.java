package dev.weir.connector;

import java.util.Optional;

/**
 * Describes where records go. Immutable; one description may run many times.
 *
 * @param <T> type of the records
 */
public interface Sink<T> {
  /**
   * @return what readers of the output can rely on
   */
  DeliveryGuarantee guarantee();

  /**
   * Offers a ledger whose entries become visible together with this sink's output. Sinks that offer
   * factories which are {@link LedgerFactory#sharesWith shared} use one ledger.
   *
   * @return the factory; empty: this sink has no say in the ledger
   */
  default Optional<LedgerFactory> ledger() {
    return Optional.empty();
  }

  /**
   * Makes a writer. One per task and attempt; called on an I/O thread after the ledger is taken
   * over, then handed over to the task's thread.
   *
   * @param context what it may use
   * @return a new writer
   * @throws Exception if the outside system refuses; ends the attempt
   */
  SinkWriter<T> createWriter(SinkContext context) throws Exception;
}
