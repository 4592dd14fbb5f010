package dev.weir.connectors.kafka.source;

import dev.weir.connector.Boundedness;
import dev.weir.connector.Source;
import dev.weir.connector.SourceContext;
import dev.weir.connector.SourceReader;
import dev.weir.connector.SourceSplit;
import dev.weir.connector.SplitChanges;
import dev.weir.connector.SplitEnumerator;
import dev.weir.time.Watermarks;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads the committed records of Kafka topics. Each partition is a split; its offsets, together
 * with the topic's id, are kept in the job's checkpoints and nowhere else. Immutable.
 *
 * <pre>{@code
 * KafkaSource<Click> clicks = KafkaSource.<Click>builder()
 *     .bootstrapServers("localhost:9092")
 *     .topics("clicks")
 *     .value(Json.of(Click.class))
 *     .build();
 * }</pre>
 *
 * <p>Lost offsets, a topic deleted and created anew, and records that cannot be decoded end the job
 * with an error that names them; nothing is skipped.
 *
 * @param <T> type of the records
 */
public final class KafkaSource<T> implements Source<T> {
  private final SourceOptions options;
  private final Supplier<KafkaRecordDecoder<T>> decoder;
  private final Optional<Watermarks<T>> watermarks;

  KafkaSource(
      SourceOptions options,
      Supplier<KafkaRecordDecoder<T>> decoder,
      Optional<Watermarks<T>> watermarks) {
    this.options = options;
    this.decoder = decoder;
    this.watermarks = watermarks;
  }

  /**
   * @param <T> type of the records
   * @return a builder with every default
   */
  public static <T> KafkaSourceBuilder<T> builder() {
    return new KafkaSourceBuilder<>();
  }

  @Override
  public Boundedness boundedness() {
    return options.stop().isPresent() ? Boundedness.BOUNDED : Boundedness.UNBOUNDED;
  }

  @Override
  public Optional<Watermarks<T>> watermarks() {
    return watermarks;
  }

  @Override
  public SplitChanges compare(List<SourceSplit> restored) {
    return new SplitCheck(options.topics(), options.settings().servers())
        .compare(restored.stream().map(KafkaSplit::of).toList());
  }

  @Override
  public SplitEnumerator createEnumerator(SourceContext context) {
    return new KafkaSplitEnumerator(options, context);
  }

  @Override
  public SourceReader<T> createReader(SourceContext context) {
    return ReaderAssembly.assemble(options, decoder.get(), context);
  }

  @Override
  public String toString() {
    return "KafkaSource" + options.topics();
  }
}
