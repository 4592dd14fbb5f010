package dev.weir.testing.suite;

import dev.weir.testing.audit.ExpectedSequences;
import dev.weir.testing.audit.ExpectedWindows;
import dev.weir.testing.audit.WindowKey;
import dev.weir.testing.suite.job.SuitePipeline;
import dev.weir.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The records that a job reads: so many keys, each in one partition, each with the numbers from 1,
 * their event times slightly out of order. Immutable.
 *
 * @param partitions partitions of the topic
 * @param keys number of keys
 * @param perKey records of each key
 * @param baseMillis event time to begin at
 * @param pace of event time
 */
record InputPlan(int partitions, int keys, int perKey, long baseMillis, Pace pace) {
  private static final Pace USUAL = new Pace(20, 40);
  private static final Pace OF_PLAYGROUND = new Pace(1, 1);

  /** How far a key's records are apart in event time, and how far they are out of order. */
  record Pace(int stepMillis, int jitterMillis) {}

  InputPlan(int partitions, int keys, int perKey, long baseMillis) {
    this(partitions, keys, perKey, baseMillis, USUAL);
  }

  /** Six keys, and so many windows of each, all of exactly 1000 records. */
  static InputPlan ofPlayground(int windows) {
    long base = ofTotal(0).baseMillis();
    int perWindow = (int) SuitePipeline.WINDOW.toMillis() / OF_PLAYGROUND.stepMillis();
    return new InputPlan(4, 6, windows * perWindow, base, OF_PLAYGROUND);
  }

  /** As many records in all, over the usual keys and partitions. */
  static InputPlan ofTotal(int records) {
    int keys = 24;
    return new InputPlan(4, keys, records / keys, Clock.system().millis() / 1000 * 1000);
  }

  int total() {
    return keys * perKey;
  }

  /** The record at this place of the whole input: all keys' first, all keys' second, and so on. */
  ProducerRecord<String, String> record(String topic, int index) {
    int key = index % keys;
    int number = index / keys + 1;
    return new ProducerRecord<>(
        topic, key % partitions, timestamp(key, number), "k" + key, Integer.toString(number));
  }

  /** Where each partition ends. */
  String stops() {
    return IntStream.range(0, partitions)
        .mapToObj(partition -> Long.toString(keysOf(partition) * perKey))
        .collect(Collectors.joining(","));
  }

  /** The right output of the pipeline that counts records. */
  ExpectedSequences sequences() {
    Map<String, Long> counts = new TreeMap<>();
    IntStream.range(0, keys).forEach(key -> counts.put("k" + key, (long) perKey));
    return ExpectedSequences.counted(counts, 1).containing((key, number) -> Long.toString(number));
  }

  /** The right output of the pipeline that counts windows. */
  Map<WindowKey, Long> windows() {
    ExpectedWindows windows = ExpectedWindows.tumbling(SuitePipeline.WINDOW);
    for (int key = 0; key < keys; key++) {
      for (int number = 1; number <= perKey; number++) {
        windows.add("k" + key, timestamp(key, number));
      }
    }
    return windows.all();
  }

  private long timestamp(int key, int number) {
    int jitter = Math.floorMod(number * 7919 + key * 104_729, pace.jitterMillis());
    return baseMillis + (long) number * pace.stepMillis() - 1 - jitter;
  }

  private long keysOf(int partition) {
    return LongStream.range(0, keys).filter(key -> key % partitions == partition).count();
  }
}
