package dev.weir.connectors.kafka.sink.ledger;

import dev.weir.connector.CheckpointLedger;
import dev.weir.connector.ConnectorContext;
import dev.weir.connector.LedgerFactory;
import dev.weir.connector.LedgerTiming;
import dev.weir.connector.OwnerBeacon;
import dev.weir.connectors.kafka.sink.LedgerOptions;
import dev.weir.error.InvalidConfigException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Makes the ledger of a job in the cluster of its sinks. Immutable. */
public final class KafkaLedgerFactory implements LedgerFactory {
  private final LedgerOptions options;

  /**
   * @param options of the sink that offers the ledger
   */
  public KafkaLedgerFactory(LedgerOptions options) {
    this.options = options;
  }

  @Override
  public boolean sharesWith(LedgerFactory other) {
    if (!(other instanceof KafkaLedgerFactory factory)
        || !options.settings().sameServers(factory.options.settings())) {
      return false;
    }
    Set<String> differences =
        new TreeSet<>(options.settings().differences(factory.options.settings()));
    if (!options.topic().equals(factory.options.topic())) {
      differences.add("ledgerTopic");
    }
    if (!options.replication().equals(factory.options.replication())) {
      differences.add("ledgerReplication");
    }
    if (!differences.isEmpty()) {
      throw new InvalidConfigException(
          "Exactly-once Kafka sinks of one job write through the same producers and one ledger, but"
              + " two of them differ in "
              + differences
              + ". Set the same on both.");
    }
    return true;
  }

  @Override
  public CheckpointLedger create(ConnectorContext context, LedgerTiming timing) {
    return new KafkaLedger(options, context, timing);
  }

  @Override
  public Optional<OwnerBeacon> beacon(ConnectorContext context) {
    return Optional.of(KafkaBeacon.make(options, context));
  }
}
