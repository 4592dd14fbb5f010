package dev.weir.connectors.kafka.sink;

import dev.weir.connector.DeliveryGuarantee;
import java.util.Optional;

/**
 * What the parts of one Kafka sink need to know. Immutable.
 *
 * @param guarantee what readers can rely on
 * @param records makes Kafka records
 * @param fixedTopic the topic, if it is the same for all values
 * @param ledger clients and their settings; for exactly-once also the ledger's
 */
record SinkOptions<T>(
    DeliveryGuarantee guarantee,
    RecordFactory<T> records,
    Optional<String> fixedTopic,
    LedgerOptions ledger) {}
