package dev.weir.connectors.kafka.sink.ledger;

import dev.weir.connectors.kafka.AdminCalls;
import dev.weir.connectors.kafka.TopicLookup;
import dev.weir.connectors.kafka.sink.LedgerOptions;
import dev.weir.error.InvalidConfigException;
import dev.weir.error.UnrecoverableConnectorException;
import dev.weir.error.WeirException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the ledger's topic, or checks that the one that is there keeps every record: one partition,
 * never cleaned. Blocks.
 *
 * <p>It is not compacted: a compacted topic forgets the order of claims, and compaction of open
 * transactions has had its own bugs (KAFKA-14055). It keeps a record of some 200 bytes per
 * checkpoint for ever; only its end is read.
 */
final class LedgerTopic {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerTopic.class);
  private static final int WANTED_REPLICATION = 3;
  private static final Map<String, String> SETTINGS =
      Map.of("cleanup.policy", "delete", "retention.ms", "-1", "retention.bytes", "-1");

  private final Admin admin;
  private final LedgerOptions options;
  private final String servers;
  private final String topic;

  LedgerTopic(Admin admin, LedgerOptions options, String topic) {
    this.admin = admin;
    this.options = options;
    this.servers = options.settings().servers();
    this.topic = topic;
  }

  /**
   * Makes the topic if it is not there, else checks it. One that was made just now has the settings
   * that it was given, and for a moment there are brokers that do not know it.
   *
   * @param brokers how many there are
   */
  void ensure(int brokers) {
    List<String> names = List.of(topic);
    TopicLookup lookup = new TopicLookup(admin, options.clients(), options.settings());
    Optional<TopicDescription> found = Optional.ofNullable(lookup.findNow(names).get(topic));
    boolean isNew = found.isEmpty();
    if (isNew) {
      create(options.replication().orElse((short) Math.min(WANTED_REPLICATION, brokers)));
      found = Optional.ofNullable(lookup.find(names).get(topic));
    }
    TopicDescription description =
        found.orElseThrow(
            () ->
                new UnrecoverableConnectorException(
                    "Tried to create the ledger's topic '"
                        + topic
                        + "' at "
                        + servers
                        + ", but it does not appear. Create it with one partition and "
                        + SETTINGS
                        + "."));
    checkPartitions(description, brokers);
    if (!isNew) {
      checkSettings();
    }
  }

  private void create(short replication) {
    Map<String, String> settings = new HashMap<>(SETTINGS);
    if (replication >= WANTED_REPLICATION) {
      settings.put("min.insync.replicas", Integer.toString(replication - 1));
    }
    NewTopic wanted = new NewTopic(topic, 1, replication).configs(settings);
    CreateTopicsOptions options = new CreateTopicsOptions();
    options.timeoutMs((int) AdminCalls.TIMEOUT.toMillis());
    try {
      AdminCalls.await(
          admin.createTopics(List.of(wanted), options).all(),
          "create the ledger's topic '" + topic + "'",
          servers);
      LOG.info("Created ledger topic {} with replication {}.", topic, replication);
    } catch (WeirException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e; // Else another instance was faster.
      }
    }
  }

  private void checkPartitions(TopicDescription description, int brokers) {
    int partitions = description.partitions().size();
    if (partitions != 1) {
      throw new InvalidConfigException(
          "A ledger's topic must have one partition, which gives its records an order, but '"
              + topic
              + "' at "
              + servers
              + " has "
              + partitions
              + ". Name another topic with ledgerTopic(...), or let Weir create it.");
    }
    int replicas = description.partitions().get(0).replicas().size();
    if (replicas < Math.min(WANTED_REPLICATION, brokers)) {
      LOG.warn(
          "Ledger topic {} has {} replicas on a cluster of {} brokers; a lost disk can lose the job."
              + " Add replicas.",
          topic,
          replicas,
          brokers);
    }
  }

  private void checkSettings() {
    Optional<Config> config = describe();
    if (config.isEmpty()) {
      return;
    }
    SETTINGS.forEach(
        (name, wanted) -> {
          String found = config.get().get(name).value();
          if (!wanted.equals(found)) {
            throw new InvalidConfigException(
                "The ledger's topic must keep its records for ever, so "
                    + name
                    + " must be "
                    + wanted
                    + ", but for '"
                    + topic
                    + "' at "
                    + servers
                    + " it is "
                    + found
                    + ". Correct it with: kafka-configs --alter --topic "
                    + topic
                    + " --add-config "
                    + name
                    + "="
                    + wanted);
          }
        });
  }

  private Optional<Config> describe() {
    return ClusterLimits.describe(
        admin, servers, new ConfigResource(ConfigResource.Type.TOPIC, topic));
  }
}
