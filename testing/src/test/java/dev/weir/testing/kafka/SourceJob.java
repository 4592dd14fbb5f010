package dev.weir.testing.kafka;

import dev.weir.connector.SourceOutput;
import dev.weir.connector.SourceReader;
import dev.weir.connector.SourceReader.Status;
import dev.weir.connector.SourceSplit;
import dev.weir.connectors.kafka.source.KafkaSource;
import java.util.ArrayList;
import java.util.List;

/** One reader of a source, driven by hand. */
final class SourceJob implements AutoCloseable {
  private final TaskContext context = new TaskContext("source-job");
  private final SourceReader<String> reader;
  private final List<String> values = new ArrayList<>();
  private Status status = Status.WAITING;

  SourceJob(KafkaSource<String> source, List<SourceSplit> splits) {
    this.reader = source.createReader(context);
    reader.addSplits(splits);
  }

  /** The concrete splits that a new job would begin with. */
  static List<SourceSplit> initial(KafkaSource<String> source) throws Exception {
    try (TaskContext context = new TaskContext("source-job");
        var enumerator = source.createEnumerator(context)) {
      return enumerator.initialSplits();
    }
  }

  /** What a restarted job makes of the splits of its checkpoint. */
  static List<SourceSplit> restored(KafkaSource<String> source, List<SourceSplit> splits)
      throws Exception {
    try (TaskContext context = new TaskContext("source-job");
        var enumerator = source.createEnumerator(context)) {
      return enumerator.restored(splits);
    }
  }

  /** What a restarted job finds in addition. */
  static List<SourceSplit> discovered(KafkaSource<String> source, List<SourceSplit> known)
      throws Exception {
    try (TaskContext context = new TaskContext("source-job");
        var enumerator = source.createEnumerator(context)) {
      return enumerator.discover(known);
    }
  }

  TaskContext context() {
    return context;
  }

  SourceReader<String> reader() {
    return reader;
  }

  List<String> values() {
    return values;
  }

  /** Polls until so many values have come. */
  SourceJob read(int count) {
    context.until(count + " values, has " + values, () -> poll() && values.size() >= count);
    return this;
  }

  /** Polls until the reader says that it has ended. */
  SourceJob readToEnd() {
    context.until("the end, has " + values, () -> poll() && status == Status.ENDED);
    return this;
  }

  /** Polls until the reader's splits are where the condition wants them. */
  List<SourceSplit> snapshot() {
    return reader.snapshot();
  }

  private boolean poll() {
    SourceOutput<String> output = split -> (value, timestamp) -> values.add(value);
    try {
      do {
        status = reader.poll(output);
      } while (status == Status.MORE);
      return true;
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError("The reader failed", e);
    }
  }

  @Override
  public void close() {
    reader.close();
    context.close();
  }
}
