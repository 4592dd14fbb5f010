package dev.weir.connectors.kafka.source;

import dev.weir.connector.SourceContext;
import dev.weir.connectors.kafka.ClientFailures;
import dev.weir.connectors.kafka.ClientKind;
import io.micrometer.core.instrument.Counter;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;

/** Puts a reader together. Called on an I/O thread. */
final class ReaderAssembly {
  /**
   * Enough for all that a fetch brings, since Kafka's consumer asks a broker for nothing as long as
   * it holds records of it that were not polled: the next fetch is under way while the task works.
   */
  private static final int DEFAULT_MAX_POLL_RECORDS = 32_768;

  private ReaderAssembly() {}

  static <T> KafkaSourceReader<T> assemble(
      SourceOptions options, KafkaRecordDecoder<T> decoder, SourceContext context) {
    Map<String, Object> settings = settings(options, context);
    Consumer<ByteBuffer, ByteBuffer> consumer = consumer(options, settings);
    PartitionPoller<T> poller =
        new PartitionPoller<>(
            consumer,
            options.clients().bindMeters(consumer, context),
            new OffsetPublisher(
                counter(context, "publish.failures", "Offsets not published under the group id")),
            options.settings().servers());
    RecordReading<T> reading =
        new RecordReading<>(
            decoder, counter(context, "left.out", "Records that the decoder left out"));
    return new KafkaSourceReader<>(
        new KafkaFetcher<>(poller, context), reading, context, settings.containsKey("group.id"));
  }

  /**
   * The consumer's settings: the user's, those with another default than Kafka's, and Weir's own.
   */
  static Map<String, Object> settings(SourceOptions options, SourceContext context) {
    Map<String, Object> settings = options.settings().of(ClientKind.CONSUMER);
    settings.putIfAbsent("max.poll.records", DEFAULT_MAX_POLL_RECORDS);
    settings.putIfAbsent("allow.auto.create.topics", false);
    Object clientId =
        settings.getOrDefault("client.id", "weir-" + context.jobName() + "-" + context.stageName());
    settings.put("client.id", clientId + "-" + context.subtaskIndex());
    settings.put("enable.auto.commit", false);
    settings.put("isolation.level", "read_committed");
    settings.put("auto.offset.reset", "none");
    return settings;
  }

  private static Consumer<ByteBuffer, ByteBuffer> consumer(
      SourceOptions options, Map<String, Object> settings) {
    try {
      return options.clients().consumer(settings);
    } catch (KafkaException e) {
      throw ClientFailures.of(
          e, "make a consumer for " + options.topics(), options.settings().servers());
    }
  }

  private static Counter counter(SourceContext context, String name, String description) {
    return Counter.builder("weir.source." + name)
        .description(description)
        .tags(context.tags())
        .register(context.meters());
  }
}
