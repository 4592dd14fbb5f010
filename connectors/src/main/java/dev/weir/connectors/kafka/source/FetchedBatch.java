package dev.weir.connectors.kafka.source;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What one poll gave, by partition. Made by the fetcher, then owned by the task.
 *
 * @param parts one per partition whose position moved
 * @param <T> type of the values
 */
record FetchedBatch<T>(List<Part<T>> parts) {
  /**
   * One partition's records; may be none, where control or aborted records alone were passed.
   *
   * @param progress of the partition's split
   * @param records in order of offset
   * @param nextOffset position behind them and behind the control records that follow
   * @param leaderEpoch of the position
   * @param <T> type of the values
   */
  record Part<T>(
      SplitProgress<T> progress,
      List<ConsumerRecord<ByteBuffer, ByteBuffer>> records,
      long nextOffset,
      Optional<Integer> leaderEpoch) {}
}
