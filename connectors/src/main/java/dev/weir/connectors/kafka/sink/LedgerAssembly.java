package dev.weir.connectors.kafka.sink;

import dev.weir.connector.LedgerFactory;
import dev.weir.connectors.kafka.sink.ledger.KafkaLedgerFactory;

/** Puts a ledger's factory together. Pure. */
final class LedgerAssembly {
  private LedgerAssembly() {}

  static LedgerFactory factory(LedgerOptions options) {
    return new KafkaLedgerFactory(options);
  }
}
