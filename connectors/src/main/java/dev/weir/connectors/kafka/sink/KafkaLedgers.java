package dev.weir.connectors.kafka.sink;

import java.util.List;
import java.util.Map;

/** Looks into the ledgers that jobs keep in Kafka. Stateless, thread-safe. */
public final class KafkaLedgers {
  private KafkaLedgers() {}

  /**
   * Lists what the ledger of a job holds, oldest first, with what was aborted and what is open.
   * Joins no group, fences nobody and changes nothing, so the job may run meanwhile. Needs the
   * right to read the topic. Reads all of it (some 200 bytes per checkpoint) and holds it in
   * memory; blocks, for 30 s at the most where the brokers do not answer.
   *
   * @param bootstrapServers addresses of the brokers
   * @param topic the ledger's topic; {@code weir-ledger-} and the job's name unless the sink says
   *     otherwise
   * @param properties further settings of the consumer, such as security; may be empty
   * @return every record
   * @throws dev.weir.error.ConnectorException if there is no such topic, or the brokers cannot be
   *     reached or refuse
   */
  public static List<LedgerLine> read(
      String bootstrapServers, String topic, Map<String, String> properties) {
    return LedgerAssembly.read(bootstrapServers, topic, properties);
  }

  /**
   * @param job a job's name
   * @return the topic of its ledger, unless its sink names another one
   */
  public static String topicOf(String job) {
    return LedgerOptions.usualTopicOf(job);
  }
}
