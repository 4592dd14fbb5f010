package dev.weir.connectors.kafka.source;

import dev.weir.connector.SourceOutput;
import dev.weir.connector.SourceOutput.SplitOutput;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Emits one batch, in as many calls as it takes, and moves the splits' positions with it: behind
 * the last record of each call, and behind the control records that follow when a partition's part
 * is done. Confined to the task's thread.
 */
final class BatchEmitter<T> {
  private final RecordReading<T> reading;
  private Iterator<FetchedBatch.Part<T>> parts = List.<FetchedBatch.Part<T>>of().iterator();
  private FetchedBatch.Part<T> part;
  private int next;

  BatchEmitter(RecordReading<T> reading) {
    this.reading = reading;
  }

  boolean hasMore() {
    return part != null || parts.hasNext();
  }

  void begin(FetchedBatch<T> batch) {
    parts = batch.parts().iterator();
  }

  /** Emits at most so many; returns how many of them were used up, at least one. */
  int emit(SourceOutput<T> output, int max) throws Exception {
    if (part == null) {
      part = parts.next();
      next = 0;
    }
    SplitProgress<T> progress = part.progress();
    int begin = next;
    int end = (int) Math.min(part.records().size(), (long) begin + max);
    if (progress.output() == null) {
      progress.outputTo(output.forSplit(progress.start().partition().toString()));
    }
    emitUpTo(end, progress);
    if (next == part.records().size()) {
      progress.moveTo(part.nextOffset(), part.leaderEpoch());
      part = null;
    }
    progress.show();
    return Math.max(1, end - begin);
  }

  private void emitUpTo(int end, SplitProgress<T> progress) throws Exception {
    List<ConsumerRecord<ByteBuffer, ByteBuffer>> records = part.records();
    SplitOutput<T> splitOutput = progress.output();
    long stop = progress.start().stopOffset();
    ConsumerRecord<ByteBuffer, ByteBuffer> last = null;
    while (next < end) {
      ConsumerRecord<ByteBuffer, ByteBuffer> record = records.get(next);
      if (record.offset() >= stop) {
        next = records.size();
        break;
      }
      T value = reading.read(record);
      if (value != null) {
        splitOutput.collect(value, record.timestamp());
      }
      next++;
      last = record;
    }
    if (last != null) {
      progress.moveTo(last.offset() + 1, last.leaderEpoch());
    }
  }
}
