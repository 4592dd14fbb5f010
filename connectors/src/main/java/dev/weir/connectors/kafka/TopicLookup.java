package dev.weir.connectors.kafka;

import dev.weir.error.ConnectorException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks for topics by name. Blocks; confined to one thread at a time. */
public final class TopicLookup {
  /** A topic that was made just now may not have come to every broker; so long it is looked for. */
  private static final Duration GRACE = Duration.ofSeconds(3);

  private final Admin admin;
  private final KafkaClients clients;
  private final Map<String, Object> consumerSettings;
  private final String servers;

  /**
   * @param admin the client to ask with; stays the caller's
   * @param clients makes a consumer to wait with
   * @param settings the clients' settings
   */
  public TopicLookup(Admin admin, KafkaClients clients, ClientSettings settings) {
    this.admin = admin;
    this.clients = clients;
    this.consumerSettings = settings.of(ClientKind.CONSUMER);
    this.servers = settings.servers();
  }

  /**
   * Waits for a short time for those that are not there.
   *
   * @param topics names of topics
   * @return those that exist, by name; new
   * @throws dev.weir.error.WeirException if the brokers do not answer or refuse
   */
  public Map<String, TopicDescription> find(Collection<String> topics) {
    Map<String, TopicDescription> found = findNow(topics);
    for (String topic : topics) {
      if (!found.containsKey(topic) && appears(topic)) {
        found.putAll(findNow(topics));
      }
    }
    return found;
  }

  /**
   * @param topics names of topics
   * @return those that the asked broker knows now, by name; new
   * @throws dev.weir.error.WeirException if the brokers do not answer or refuse
   */
  public Map<String, TopicDescription> findNow(Collection<String> topics) {
    int timeout = (int) AdminCalls.TIMEOUT.toMillis();
    Map<String, KafkaFuture<TopicDescription>> answers =
        admin
            .describeTopics(topics, new DescribeTopicsOptions().timeoutMs(timeout))
            .topicNameValues();
    Map<String, TopicDescription> found = new HashMap<>();
    answers.forEach(
        (topic, answer) -> {
          try {
            found.put(topic, AdminCalls.await(answer, "describe topic '" + topic + "'", servers));
          } catch (ConnectorException e) {
            if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
              throw e;
            }
          }
        });
    return found;
  }

  /** Lets a consumer look for the topic, with its own pauses, until the grace is over. */
  private boolean appears(String topic) {
    Map<String, Object> settings = new HashMap<>(consumerSettings);
    settings.remove("group.id");
    settings.put("allow.auto.create.topics", false);
    try (Consumer<?, ?> consumer = clients.consumer(settings)) {
      consumer.endOffsets(List.of(new TopicPartition(topic, 0)), GRACE);
      return true;
    } catch (TimeoutException e) {
      return false; // It did not appear; what that means is the caller's to say.
    } catch (KafkaException e) {
      throw ClientFailures.of(e, "wait for topic '" + topic + "'", servers);
    }
  }
}
