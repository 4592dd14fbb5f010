package dev.weir.benchmarks.loop;

import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** What surrounds the processing of a batch. Confined to its thread. */
interface Commits {
  Duration MAX_PATIENCE = Duration.ofMillis(50);

  void around(ConsumerRecords<byte[], byte[]> batch, LoopWork work);

  /** How long a poll may wait. */
  Duration patience();

  /** Commits nothing. */
  static Commits none(Duration interval) {
    return new Commits() {
      @Override
      public void around(ConsumerRecords<byte[], byte[]> batch, LoopWork work) {
        work.process(batch);
      }

      @Override
      public Duration patience() {
        return patienceFor(interval);
      }
    };
  }

  /** Short against the interval. */
  static Duration patienceFor(Duration interval) {
    Duration half = interval.dividedBy(2);
    return half.compareTo(MAX_PATIENCE) < 0 ? half : MAX_PATIENCE;
  }
}
