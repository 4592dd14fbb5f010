package dev.weir.connectors.kafka;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The kinds of Kafka client, with the names of their settings and those that Weir sets itself. */
public enum ClientKind {
  /** Reads a source's topics, or a sink's ledger. */
  CONSUMER("consumer.", ConsumerConfig.configNames(), OwnedSettings.OF_CONSUMERS),
  /** Writes a sink's topics. */
  PRODUCER("producer.", ProducerConfig.configNames(), OwnedSettings.OF_PRODUCERS),
  /** Asks for topics, offsets and limits. */
  ADMIN("admin.", AdminClientConfig.configNames(), Map.of());

  private final String prefix;
  private final Set<String> names;
  private final Map<String, String> owned;

  ClientKind(String prefix, Set<String> names, Map<String, String> owned) {
    this.prefix = prefix;
    this.names = names;
    this.owned = owned;
  }

  /**
   * @return what a setting's name begins with to go to this kind of client only
   */
  public String prefix() {
    return prefix;
  }

  Set<String> names() {
    return names;
  }

  Map<String, String> owned() {
    return owned;
  }
}
