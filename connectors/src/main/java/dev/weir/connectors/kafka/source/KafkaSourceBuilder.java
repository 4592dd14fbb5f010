package dev.weir.connectors.kafka.source;

import dev.weir.connectors.kafka.ClientKind;
import dev.weir.connectors.kafka.ClientSettings;
import dev.weir.connectors.kafka.KafkaClients;
import dev.weir.error.InvalidConfigException;
import dev.weir.time.Watermarks;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;

/**
 * Builds a {@link KafkaSource}. Topics, a broker's address and a decoder are needed, everything
 * else has a default. Not thread-safe.
 *
 * @param <T> type of the records
 */
public final class KafkaSourceBuilder<T> {
  private static final Duration DISCOVERY_INTERVAL = Duration.ofSeconds(60);

  private final ClientSettings.Builder settings =
      ClientSettings.builder(ClientKind.CONSUMER, ClientKind.ADMIN);
  private final Set<String> topics = new TreeSet<>();
  private Supplier<KafkaRecordDecoder<T>> decoder;
  private Optional<Watermarks<T>> watermarks = Optional.empty();
  private StartOffsets start = StartOffsets.earliest();
  private Optional<StopOffsets> stop = Optional.empty();
  private Optional<Duration> discoveryInterval = Optional.of(DISCOVERY_INTERVAL);
  private KafkaClients clients = KafkaClients.real();

  KafkaSourceBuilder() {}

  /**
   * @param servers addresses of some brokers, {@code host:port,host:port}
   * @return this
   */
  public KafkaSourceBuilder<T> bootstrapServers(String servers) {
    return property("bootstrap.servers", servers);
  }

  /**
   * @param names topics to read; they must exist
   * @return this
   */
  public KafkaSourceBuilder<T> topics(String... names) {
    return topics(List.of(names));
  }

  /**
   * @param names topics to read; they must exist
   * @return this
   */
  public KafkaSourceBuilder<T> topics(Iterable<String> names) {
    names.forEach(name -> topics.add(Objects.requireNonNull(name, "topic")));
    return this;
  }

  /**
   * Takes the records' values. Records without a value are left out.
   *
   * @param deserializer reads values; used by all tasks at a time, so it must be thread-safe;
   *     neither configured nor closed
   * @return this
   */
  public KafkaSourceBuilder<T> value(Deserializer<T> deserializer) {
    return decoder(KafkaRecordDecoder.ofValue(Objects.requireNonNull(deserializer)));
  }

  /**
   * Takes the records' values. Records without a value are left out.
   *
   * @param serde its deserializer reads values; thread-safe as above
   * @return this
   */
  public KafkaSourceBuilder<T> value(Serde<T> serde) {
    return value(serde.deserializer());
  }

  /**
   * Takes the records' values with a deserializer that is not thread-safe.
   *
   * @param supplier makes one for each reader, configured
   * @return this
   */
  public KafkaSourceBuilder<T> valueFrom(Supplier<? extends Deserializer<T>> supplier) {
    Objects.requireNonNull(supplier, "supplier");
    this.decoder = () -> KafkaRecordDecoder.ofValue(supplier.get());
    return this;
  }

  /**
   * Takes whole records: key, value, headers, timestamp.
   *
   * @param recordDecoder makes values of records; used by all tasks at a time
   * @return this
   */
  public KafkaSourceBuilder<T> decoder(KafkaRecordDecoder<T> recordDecoder) {
    Objects.requireNonNull(recordDecoder, "recordDecoder");
    this.decoder = () -> recordDecoder;
    return this;
  }

  /**
   * @param offsets where to begin when there is no checkpoint; default: earliest
   * @return this
   */
  public KafkaSourceBuilder<T> startFrom(StartOffsets offsets) {
    this.start = Objects.requireNonNull(offsets, "offsets");
    return this;
  }

  /**
   * Makes the source end by itself.
   *
   * @param offsets where each partition ends
   * @return this
   */
  public KafkaSourceBuilder<T> bounded(StopOffsets offsets) {
    this.stop = Optional.of(offsets);
    return this;
  }

  /**
   * @param eventTime how event time is found; default: no watermarks
   * @return this
   */
  public KafkaSourceBuilder<T> watermarks(Watermarks<T> eventTime) {
    this.watermarks = Optional.of(eventTime);
    return this;
  }

  /**
   * @param interval how often to look for new partitions; above 0; default 60 s
   * @return this
   */
  public KafkaSourceBuilder<T> discoveryInterval(Duration interval) {
    if (interval.isNegative() || interval.isZero()) {
      throw new InvalidConfigException(
          "The discovery interval must be above zero, got "
              + interval
              + ". Use withoutDiscovery() to look only when the job starts.");
    }
    this.discoveryInterval = Optional.of(interval);
    return this;
  }

  /**
   * New partitions are found only when the job starts again.
   *
   * @return this
   */
  public KafkaSourceBuilder<T> withoutDiscovery() {
    this.discoveryInterval = Optional.empty();
    return this;
  }

  /**
   * Publishes the offsets of completed checkpoints under this consumer group, for monitoring. They
   * are never read, and failing to publish them does not affect the job.
   *
   * @param id the group; nobody else may be a member
   * @return this
   */
  public KafkaSourceBuilder<T> groupId(String id) {
    return property("consumer.group.id", id);
  }

  /**
   * Passes a setting to the Kafka clients. The prefix {@code consumer.} or {@code admin.} sends it
   * to that client alone; without one it goes to each that knows it. Unknown names are refused,
   * except those that begin as plug-ins' do: {@code sasl.}, {@code ssl.}, {@code security.}, {@code
   * config.providers.}, {@code interceptor.}, {@code metric.reporter.}.
   *
   * @param name name as Kafka has it
   * @param value its value
   * @return this
   * @throws InvalidConfigException if the name is unknown, or one that Weir sets itself ({@code
   *     enable.auto.commit}, {@code isolation.level}, {@code auto.offset.reset}, deserializers)
   */
  public KafkaSourceBuilder<T> property(String name, Object value) {
    settings.set(name, value);
    return this;
  }

  /**
   * @param all settings as in {@link #property}
   * @return this
   */
  public KafkaSourceBuilder<T> properties(Map<String, ?> all) {
    all.forEach(this::property);
    return this;
  }

  /**
   * @param all settings as in {@link #property}
   * @return this
   */
  public KafkaSourceBuilder<T> properties(Properties all) {
    all.stringPropertyNames().forEach(name -> property(name, all.getProperty(name)));
    return this;
  }

  /**
   * Passes a setting of a plug-in, such as an interceptor, to all clients without checking its
   * name.
   *
   * @param name its name
   * @param value its value
   * @return this
   */
  public KafkaSourceBuilder<T> plugInProperty(String name, Object value) {
    settings.setOfPlugIn(name, value);
    return this;
  }

  /**
   * Replaces Kafka's own clients; for tests and simulations.
   *
   * @param port makes the clients
   * @return this
   */
  public KafkaSourceBuilder<T> clients(KafkaClients port) {
    this.clients = Objects.requireNonNull(port, "port");
    return this;
  }

  /**
   * @return the source; nothing is connected yet
   * @throws InvalidConfigException if something needed is missing
   */
  public KafkaSource<T> build() {
    if (topics.isEmpty()) {
      throw new InvalidConfigException(
          "A Kafka source needs a topic, found none. Set topics(...).");
    }
    if (decoder == null) {
      throw new InvalidConfigException(
          "The Kafka source of " + topics + " does not know how to read records. Set value(...).");
    }
    SourceOptions options =
        new SourceOptions(
            Collections.unmodifiableSet(new TreeSet<>(topics)),
            start,
            stop,
            discoveryInterval,
            settings.build("Kafka source of " + topics),
            clients);
    return new KafkaSource<>(options, decoder, watermarks);
  }
}
