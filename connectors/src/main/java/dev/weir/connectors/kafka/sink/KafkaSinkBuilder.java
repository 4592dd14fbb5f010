package dev.weir.connectors.kafka.sink;

import dev.weir.connector.DeliveryGuarantee;
import dev.weir.connectors.kafka.ClientKind;
import dev.weir.connectors.kafka.ClientSettings;
import dev.weir.connectors.kafka.KafkaClients;
import dev.weir.error.InvalidConfigException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Builds a {@link KafkaSink}. A topic, a broker's address and a serializer of values are needed,
 * everything else has a default. Functions and serializers are used by all tasks at a time, so they
 * must be thread-safe. Not thread-safe itself.
 *
 * @param <T> type of the records
 */
public final class KafkaSinkBuilder<T> {
  private final ClientSettings.Builder settings =
      ClientSettings.builder(ClientKind.PRODUCER, ClientKind.CONSUMER, ClientKind.ADMIN);
  private Function<? super T, String> topic;
  private Optional<String> fixedTopic = Optional.empty();
  private Optional<RecordFactory.KeySerializer<T>> key = Optional.empty();
  private Serializer<T> value;
  private Optional<BiConsumer<? super T, Headers>> headers = Optional.empty();
  private Optional<ToLongFunction<? super T>> timestamp = Optional.empty();
  private Optional<KafkaPartitioner<? super T>> partitioner = Optional.empty();
  private DeliveryGuarantee guarantee = DeliveryGuarantee.EXACTLY_ONCE;
  private Optional<String> ledgerTopic = Optional.empty();
  private Optional<Short> ledgerReplication = Optional.empty();
  private KafkaClients clients = KafkaClients.real();

  KafkaSinkBuilder() {}

  /**
   * @param servers addresses of some brokers, {@code host:port,host:port}
   * @return this
   */
  public KafkaSinkBuilder<T> bootstrapServers(String servers) {
    return property("bootstrap.servers", servers);
  }

  /**
   * @param name the topic of all records; it must exist
   * @return this
   */
  public KafkaSinkBuilder<T> topic(String name) {
    this.fixedTopic = Optional.of(name);
    this.topic = value -> name;
    return this;
  }

  /**
   * @param chooser chooses the topic of each record; topics must exist
   * @return this
   */
  public KafkaSinkBuilder<T> topic(Function<? super T, String> chooser) {
    this.fixedTopic = Optional.empty();
    this.topic = Objects.requireNonNull(chooser, "chooser");
    return this;
  }

  /**
   * Gives records a key. Default: none.
   *
   * @param chooser finds the key in a value; null gives the record none
   * @param serializer writes keys; neither configured nor closed
   * @param <K> type of the keys
   * @return this
   */
  public <K> KafkaSinkBuilder<T> key(
      Function<? super T, K> chooser, Serializer<? super K> serializer) {
    Objects.requireNonNull(chooser, "chooser");
    Objects.requireNonNull(serializer, "serializer");
    this.key =
        Optional.of(
            (name, added, of) -> {
              K chosen = chooser.apply(of);
              return chosen == null ? null : serializer.serialize(name, added, chosen);
            });
    return this;
  }

  /**
   * Gives records a key. Default: none.
   *
   * @param chooser finds the key in a value; null gives the record none
   * @param serde its serializer writes keys
   * @param <K> type of the keys
   * @return this
   */
  public <K> KafkaSinkBuilder<T> key(Function<? super T, K> chooser, Serde<K> serde) {
    return key(chooser, serde.serializer());
  }

  /**
   * @param serializer writes values; null makes a tombstone; neither configured nor closed
   * @return this
   */
  public KafkaSinkBuilder<T> value(Serializer<T> serializer) {
    this.value = Objects.requireNonNull(serializer, "serializer");
    return this;
  }

  /**
   * @param serde its serializer writes values
   * @return this
   */
  public KafkaSinkBuilder<T> value(Serde<T> serde) {
    return value(serde.serializer());
  }

  /**
   * @param adder adds headers for a value
   * @return this
   */
  public KafkaSinkBuilder<T> headers(BiConsumer<? super T, Headers> adder) {
    this.headers = Optional.of(adder);
    return this;
  }

  /**
   * Default: the event time. Note that the broker deletes records whose timestamp is older than the
   * topic's {@code retention.ms} soon after they are written.
   *
   * @param chooser the record's timestamp, epoch milliseconds; below 0: the time of sending
   * @return this
   */
  public KafkaSinkBuilder<T> timestamp(ToLongFunction<? super T> chooser) {
    this.timestamp = Optional.of(chooser);
    return this;
  }

  /**
   * @param chooser chooses partitions; default: Kafka's, by key
   * @return this
   */
  public KafkaSinkBuilder<T> partitioner(KafkaPartitioner<? super T> chooser) {
    this.partitioner = Optional.of(chooser);
    return this;
  }

  /**
   * @param promise what readers can rely on; default: exactly once
   * @return this
   */
  public KafkaSinkBuilder<T> guarantee(DeliveryGuarantee promise) {
    this.guarantee = Objects.requireNonNull(promise, "promise");
    return this;
  }

  /**
   * @param name topic of the ledger; default {@code weir-ledger-} and the job's name. With another
   *     name the job knows nothing of its checkpoints so far
   * @return this
   */
  public KafkaSinkBuilder<T> ledgerTopic(String name) {
    this.ledgerTopic = Optional.of(name);
    return this;
  }

  /**
   * @param replicas replicas of the ledger's topic if it has to be created; default: 3, or as many
   *     as there are brokers
   * @return this
   */
  public KafkaSinkBuilder<T> ledgerReplication(int replicas) {
    if (replicas < 1 || replicas > Short.MAX_VALUE) {
      throw new InvalidConfigException(
          "The ledger's replication must be 1 or more, got " + replicas + ". Correct it.");
    }
    this.ledgerReplication = Optional.of((short) replicas);
    return this;
  }

  /**
   * Passes a setting to the Kafka clients. The prefix {@code producer.}, {@code consumer.} (which
   * reads the ledger) or {@code admin.} sends it to that client alone; without one it goes to each
   * that knows it. Unknown names are refused, except those that begin as plug-ins' do: {@code
   * sasl.}, {@code ssl.}, {@code security.}, {@code config.providers.}, {@code interceptor.},
   * {@code metric.reporter.}.
   *
   * @param name name as Kafka has it
   * @param given its value
   * @return this
   * @throws InvalidConfigException if the name is unknown, or one that Weir sets itself ({@code
   *     transactional.id}, {@code acks}, {@code enable.idempotence}, serializers)
   */
  public KafkaSinkBuilder<T> property(String name, Object given) {
    settings.set(name, given);
    return this;
  }

  /**
   * @param all settings as in {@link #property}
   * @return this
   */
  public KafkaSinkBuilder<T> properties(Map<String, ?> all) {
    all.forEach(this::property);
    return this;
  }

  /**
   * @param all settings as in {@link #property}
   * @return this
   */
  public KafkaSinkBuilder<T> properties(Properties all) {
    all.stringPropertyNames().forEach(name -> property(name, all.getProperty(name)));
    return this;
  }

  /**
   * Passes a setting of a plug-in, such as an interceptor, to all clients without checking its
   * name.
   *
   * @param name its name
   * @param given its value
   * @return this
   */
  public KafkaSinkBuilder<T> plugInProperty(String name, Object given) {
    settings.setOfPlugIn(name, given);
    return this;
  }

  /**
   * Replaces Kafka's own clients; for tests and simulations.
   *
   * @param port makes the clients
   * @return this
   */
  public KafkaSinkBuilder<T> clients(KafkaClients port) {
    this.clients = Objects.requireNonNull(port, "port");
    return this;
  }

  /**
   * @return the sink; nothing is connected yet
   * @throws InvalidConfigException if something needed is missing
   */
  public KafkaSink<T> build() {
    if (topic == null) {
      throw new InvalidConfigException("A Kafka sink needs a topic, found none. Set topic(...).");
    }
    String name = "Kafka sink to " + fixedTopic.orElse("topics chosen by value");
    if (value == null) {
      throw new InvalidConfigException(
          "The " + name + " does not know how to write values. Set value(...).");
    }
    return new KafkaSink<>(
        new SinkOptions<>(
            guarantee,
            new RecordFactory<>(topic, key, value, headers, timestamp, partitioner),
            fixedTopic,
            new LedgerOptions(settings.build(name), clients, ledgerTopic, ledgerReplication)));
  }
}
