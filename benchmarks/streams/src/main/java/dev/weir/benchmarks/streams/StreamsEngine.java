package dev.weir.benchmarks.streams;

import dev.weir.benchmarks.work.ClientSettings;
import dev.weir.benchmarks.work.EngineArguments;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/** Runs one workload with Kafka Streams, exactly_once_v2, until it is killed. */
public final class StreamsEngine {
  private StreamsEngine() {}

  /** Takes the driver's arguments. */
  public static void main(String[] given) throws InterruptedException {
    EngineArguments arguments = EngineArguments.parse(given);
    Properties settings = settings(arguments);
    KafkaStreams streams = new KafkaStreams(Topologies.of(arguments).build(settings), settings);
    streams.setUncaughtExceptionHandler(
        failure -> {
          failure.printStackTrace();
          Runtime.getRuntime().halt(1);
          return StreamThreadExceptionResponse.SHUTDOWN_APPLICATION;
        });
    streams.start();
    new CountDownLatch(1).await();
  }

  private static Properties settings(EngineArguments arguments) {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, arguments.id());
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, arguments.bootstrap());
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, arguments.parallelism());
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, arguments.interval().toMillis());
    settings.put(StreamsConfig.STATE_DIR_CONFIG, arguments.folder().resolve("state").toString());
    settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
    settings.put(StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG, StreamsConfig.OPTIMIZE);
    settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 256L << 20);
    settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksSetter.class);
    prefixed(settings, StreamsConfig.CONSUMER_PREFIX, ClientSettings.consumer());
    prefixed(settings, StreamsConfig.PRODUCER_PREFIX, ClientSettings.producer());
    settings.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
    // Its default of 10 s frees the output soonest after a kill, but is too short for W3's
    // interval.
    if (arguments.interval().toSeconds() > 3) {
      settings.put(StreamsConfig.producerPrefix("transaction.timeout.ms"), 300_000);
    }
    // Static members with a short session need not wait for a dead one's timeout.
    settings.put(StreamsConfig.consumerPrefix("group.instance.id"), arguments.id());
    settings.put(StreamsConfig.consumerPrefix("session.timeout.ms"), 10_000);
    settings.put(StreamsConfig.consumerPrefix("heartbeat.interval.ms"), 1_000);
    return settings;
  }

  private static void prefixed(Properties settings, String prefix, Map<String, String> of) {
    of.forEach((name, value) -> settings.put(prefix + name, value));
  }
}
