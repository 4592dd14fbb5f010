package dev.weir.connectors.kafka.sink;

import dev.weir.connector.LedgerFactory;
import dev.weir.connectors.kafka.sink.ledger.KafkaLedgerFactory;
import dev.weir.connectors.kafka.sink.ledger.LedgerListing;
import java.util.List;
import java.util.Map;

/** Puts together what has to do with ledgers. Stateless. */
final class LedgerAssembly {
  private LedgerAssembly() {}

  static List<LedgerLine> read(String servers, String topic, Map<String, String> properties) {
    return new LedgerListing(servers, topic, properties).read();
  }

  static LedgerFactory factory(LedgerOptions options) {
    return new KafkaLedgerFactory(options);
  }
}
