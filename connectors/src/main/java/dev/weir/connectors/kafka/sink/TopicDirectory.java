package dev.weir.connectors.kafka.sink;

import dev.weir.connectors.kafka.AdminCalls;
import dev.weir.connectors.kafka.ClientFailures;
import dev.weir.connectors.kafka.ClientKind;
import dev.weir.connectors.kafka.TopicLookup;
import dev.weir.error.UnrecoverableConnectorException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

/**
 * The topics that producers know already, so that a send does not wait for them; inside Weir only.
 * Thread-safe.
 */
public final class TopicDirectory {
  private final LedgerOptions options;
  private final List<Producer<byte[], byte[]>> producers;
  private final BiConsumer<Admin, TopicDescription> mender;
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  /**
   * @param options has the clients and their settings
   * @param producers those that shall know the topics
   * @param mender does to a topic what must be done before the first record; blocks
   */
  public TopicDirectory(
      LedgerOptions options,
      List<Producer<byte[], byte[]>> producers,
      BiConsumer<Admin, TopicDescription> mender) {
    this.options = options;
    this.producers = producers;
    this.mender = mender;
  }

  boolean isKnown(String topic) {
    return known.contains(topic);
  }

  /** How many partitions a known topic has. */
  int partitions(String topic) {
    return producers.get(0).partitionsFor(topic).size();
  }

  /**
   * @return the topics that are known now; new
   */
  public List<String> known() {
    return known.stream().sorted().toList();
  }

  /**
   * Makes a topic known; blocks. Two that learn the same topic at once do no harm.
   *
   * @throws UnrecoverableConnectorException if there is none of that name
   */
  void learn(String topic) {
    if (known.contains(topic)) {
      return;
    }
    checkAndMend(topic);
    try {
      producers.forEach(producer -> producer.partitionsFor(topic));
    } catch (KafkaException e) {
      throw ClientFailures.of(e, "find topic '" + topic + "'", options.settings().servers());
    }
    known.add(topic);
  }

  private void checkAndMend(String topic) {
    String servers = options.settings().servers();
    Map<String, Object> settings = options.settings().of(ClientKind.ADMIN);
    boolean exists =
        AdminCalls.call(
            () -> options.clients().admin(settings),
            "find topic '" + topic + "'",
            servers,
            admin -> {
              Optional<TopicDescription> found =
                  Optional.ofNullable(
                      new TopicLookup(admin, options.clients(), options.settings())
                          .find(List.of(topic))
                          .get(topic));
              found.ifPresent(description -> mender.accept(admin, description));
              return found.isPresent();
            });
    if (!exists) {
      throw new UnrecoverableConnectorException(
          "Tried to write to topic '"
              + topic
              + "' at "
              + servers
              + ", found no topic of that name. Create it, or correct the name or the broker's"
              + " address; topics are not created by writing.");
    }
  }
}
