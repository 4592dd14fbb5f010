package dev.weir.connectors.kafka.source;

import dev.weir.connector.SourceContext;
import dev.weir.connector.SourceOutput;
import dev.weir.connector.SourceReader;
import dev.weir.connector.SourceSplit;
import io.micrometer.core.instrument.Gauge;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Emits what its fetcher has polled. Confined to the task's thread, but for {@link #close}.
 *
 * @param <T> type of the values
 */
final class KafkaSourceReader<T> implements SourceReader<T> {
  /** Records per call, so that a step of the task stays short. */
  static final int MAX_RECORDS_PER_POLL = 512;

  /** Records between two looks at whether somebody waits. */
  private static final int RECORDS_PER_LOOK = 32;

  private final KafkaFetcher<T> fetcher;
  private final SourceContext context;
  private final BatchEmitter<T> emitter;
  private final boolean publishesOffsets;
  private final List<SplitProgress<T>> splits = new ArrayList<>();
  private List<KafkaSplit> lastSnapshot = List.of();
  private boolean isAssigned;

  KafkaSourceReader(
      KafkaFetcher<T> fetcher,
      RecordReading<T> reading,
      SourceContext context,
      boolean publishesOffsets) {
    this.fetcher = fetcher;
    this.context = context;
    this.emitter = new BatchEmitter<>(reading);
    this.publishesOffsets = publishesOffsets;
  }

  @Override
  public void addSplits(List<SourceSplit> added) {
    List<SplitProgress<T>> news =
        added.stream().map(split -> new SplitProgress<T>(KafkaSplit.of(split))).toList();
    splits.addAll(news);
    isAssigned = true;
    news.forEach(this::registerLag);
    if (!news.isEmpty()) {
      fetcher.add(news);
    }
  }

  @Override
  public Status poll(SourceOutput<T> output) throws Exception {
    int room = MAX_RECORDS_PER_POLL;
    while (room > 0 && output.hasRoom()) {
      if (!emitter.hasMore()) {
        Optional<FetchedBatch<T>> batch = fetcher.take();
        if (batch.isEmpty()) {
          return isEnded() ? Status.ENDED : Status.WAITING;
        }
        emitter.begin(batch.get());
      }
      room -= emitter.emit(output, Math.min(room, RECORDS_PER_LOOK));
    }
    return Status.MORE;
  }

  @Override
  public List<SourceSplit> snapshot() {
    lastSnapshot = splits.stream().map(SplitProgress::now).toList();
    return lastSnapshot.stream().map(KafkaSplit::toSplit).toList();
  }

  @Override
  public void checkpointCompleted(long checkpointId) {
    if (publishesOffsets && !lastSnapshot.isEmpty()) {
      fetcher.publish(lastSnapshot);
    }
  }

  @Override
  public void close() {
    fetcher.close();
  }

  private boolean isEnded() {
    return isAssigned && splits.stream().allMatch(SplitProgress::isFinished);
  }

  private void registerLag(SplitProgress<T> progress) {
    Gauge.builder("weir.source.lag", progress, SplitProgress::lag)
        .description("Records of the partition that are committed and not yet read")
        .tags(context.tags())
        .tag("topic", progress.start().partition().topic())
        .tag("partition", Integer.toString(progress.start().partition().partition()))
        .register(context.meters());
  }
}
