package dev.weir.sample.clickcount;

import dev.weir.connector.DeliveryGuarantee;
import java.util.Map;

/**
 * What the click-count pipeline is connected to. Immutable.
 *
 * @param name the job's name: its identity in the ledger and in checkpoints
 * @param bootstrapServers where Kafka is
 * @param input topic of the clicks
 * @param output topic of the counts
 * @param guarantee what readers of the output can rely on
 * @param sourceProperties more settings of the source's Kafka clients
 * @param sinkProperties more settings of the sink's Kafka clients
 */
public record JobSettings(
    String name,
    String bootstrapServers,
    String input,
    String output,
    DeliveryGuarantee guarantee,
    Map<String, String> sourceProperties,
    Map<String, String> sinkProperties) {
  /** Makes the maps unmodifiable. */
  public JobSettings {
    sourceProperties = Map.copyOf(sourceProperties);
    sinkProperties = Map.copyOf(sinkProperties);
  }
}
