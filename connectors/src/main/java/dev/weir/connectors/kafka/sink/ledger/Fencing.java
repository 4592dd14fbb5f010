package dev.weir.connectors.kafka.sink.ledger;

import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.common.errors.UnknownProducerIdException;

/** Tells failures that mean "the broker has ended this transaction", whoever asked it to. Pure. */
final class Fencing {
  private Fencing() {}

  /** Whether the broker ended the transaction: another attempt took the id, or it timed out. */
  static boolean is(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof ProducerFencedException
          || t instanceof InvalidProducerEpochException
          || t instanceof InvalidTxnStateException
          || t instanceof InvalidPidMappingException
          || t instanceof UnknownProducerIdException
          || t instanceof TransactionAbortedException) {
        return true;
      }
    }
    return false;
  }
}
