package dev.weir.connectors.kafka.sink;

import dev.weir.connectors.kafka.ClientSettings;
import dev.weir.connectors.kafka.KafkaClients;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a ledger in Kafka needs to know; inside Weir only. Immutable.
 *
 * @param settings the clients' settings
 * @param clients makes the clients
 * @param topic the ledger's topic, if it is not the usual one
 * @param replication replicas of the topic, if not the usual number
 */
public record LedgerOptions(
    ClientSettings settings,
    KafkaClients clients,
    Optional<String> topic,
    Optional<Short> replication) {
  /** While one transaction is being completed, the next one takes records. */
  private static final int POOL = 2;

  /**
   * @param job the job's name
   * @return the topic of its ledger
   */
  public String topicOf(String job) {
    return topic.orElse(usualTopicOf(job));
  }

  /**
   * @param job the job's name
   * @return the topic of its ledger where nobody names another one
   */
  public static String usualTopicOf(String job) {
    return "weir-ledger-" + job;
  }

  /**
   * @param job the job's name
   * @return the transactional ids that it has ever used, in the order in which they are fenced
   */
  public static List<String> transactionalIds(String job) {
    return IntStream.range(0, POOL).mapToObj(i -> "weir-" + job + "-" + i).toList();
  }
}
