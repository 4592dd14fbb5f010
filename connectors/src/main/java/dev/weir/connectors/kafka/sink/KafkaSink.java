package dev.weir.connectors.kafka.sink;

import dev.weir.connector.DeliveryGuarantee;
import dev.weir.connector.LedgerFactory;
import dev.weir.connector.Sink;
import dev.weir.connector.SinkContext;
import dev.weir.connector.SinkWriter;
import java.util.Optional;

/**
 * Writes Kafka topics. Exactly-once by default: the output of a checkpoint is one transaction,
 * which also carries the ledger's record of that checkpoint, so readers with {@code
 * isolation.level=read_committed} see each result once, when its checkpoint is completed.
 * Immutable.
 *
 * <pre>{@code
 * KafkaSink<PageCount> counts = KafkaSink.<PageCount>builder()
 *     .bootstrapServers("localhost:9092")
 *     .topic("counts")
 *     .key(PageCount::page, new StringSerializer())
 *     .value(Json.of(PageCount.class))
 *     .build();
 * }</pre>
 *
 * @param <T> type of the records
 */
public final class KafkaSink<T> implements Sink<T> {
  private final SinkOptions<T> options;

  KafkaSink(SinkOptions<T> options) {
    this.options = options;
  }

  /**
   * @param <T> type of the records
   * @return a builder with every default
   */
  public static <T> KafkaSinkBuilder<T> builder() {
    return new KafkaSinkBuilder<>();
  }

  @Override
  public DeliveryGuarantee guarantee() {
    return options.guarantee();
  }

  @Override
  public Optional<LedgerFactory> ledger() {
    return options.guarantee() == DeliveryGuarantee.EXACTLY_ONCE
        ? Optional.of(LedgerAssembly.factory(options.ledger()))
        : Optional.empty();
  }

  @Override
  public SinkWriter<T> createWriter(SinkContext context) {
    return WriterAssembly.assemble(options, context);
  }

  @Override
  public String toString() {
    return "KafkaSink" + options.fixedTopic().map(topic -> "[" + topic + "]").orElse("[by value]");
  }
}
