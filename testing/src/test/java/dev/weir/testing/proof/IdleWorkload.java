package dev.weir.testing.proof;

import dev.weir.connectors.kafka.KafkaClients;
import dev.weir.function.Aggregates;
import dev.weir.pipeline.Pipeline;
import dev.weir.testing.audit.WindowKey;
import dev.weir.testing.proof.TestPipelines.Numbered;
import dev.weir.testing.proof.TestPipelines.Result;
import dev.weir.time.Windows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Counts windows over a partition that is fast, one that is slow and falls behind, and one that is
 * silent; who is silent for long is not waited for. Immutable but for a count.
 */
final class IdleWorkload implements Workload {
  private static final int FAST = 0;
  private static final int SLOW = 1;
  private static final int PARTITIONS = 3;
  private static final int RECORDS = 60;
  private static final int SLOW_SHARE = 8;
  private static final long BEHIND_MILLIS = 200;

  private final long seed;
  private final boolean isCalm;
  private final AtomicLong windows;

  /**
   * @param isCalm whether nobody is silent but by plan
   * @param windows counts the windows of fast keys that have results
   */
  IdleWorkload(long seed, boolean isCalm, AtomicLong windows) {
    this.seed = seed;
    this.isCalm = isCalm;
    this.windows = windows;
  }

  @Override
  public Map<String, Integer> topics() {
    return Map.of(TestPipelines.INPUT, PARTITIONS, TestPipelines.OUTPUT, 2);
  }

  /** The slow one is silent in the end, too. */
  @Override
  public List<Input> input() {
    Random random = new Random(seed * 23 + 1);
    List<Input> input = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      boolean isSlow = i < RECORDS / 2 && random.nextInt(SLOW_SHARE) == 0;
      String key = (isSlow ? "slow" : "fast") + random.nextInt(2);
      long time = i * 20L - (isSlow ? Math.min(i * 20L, BEHIND_MILLIS) : 0);
      input.add(
          Input.plain(TestPipelines.INPUT, isSlow ? SLOW : FAST, key, Integer.toString(i), time));
    }
    return input;
  }

  @Override
  public Pipeline pipeline(KafkaClients clients, Map<TopicPartition, Long> stops) {
    Pipeline pipeline = Pipeline.named("idle");
    pipeline
        .source("records", TestPipelines.idle(clients))
        .keyBy(Numbered::key)
        .window(Windows.tumbling(TestWorkload.WINDOW))
        .aggregate(
            "windows",
            Aggregates.counting(),
            (key, window, count) -> new Result(key, window.start(), count))
        .sink("results", TestPipelines.sink(clients));
    return pipeline;
  }

  /**
   * No window has two results, or more records than there are. Where nothing goes wrong none of the
   * fast partition is late: its windows are whole, and come without a gap.
   */
  @Override
  public List<String> judge(
      Map<String, List<ConsumerRecord<byte[], byte[]>>> output, List<Input> input) {
    Map<WindowKey, Long> all = new HashMap<>();
    input.forEach(record -> all.merge(windowOf(record), 1L, Long::sum));
    List<String> findings = new ArrayList<>();
    Map<WindowKey, Long> found = new HashMap<>();
    long newest = Long.MIN_VALUE;
    for (ConsumerRecord<byte[], byte[]> record : output.get(TestPipelines.OUTPUT)) {
      Result result = Judgement.result(record);
      WindowKey window = new WindowKey(result.key(), result.number());
      newest = Math.max(newest, window.start());
      if (found.put(window, result.count()) != null) {
        findings.add(window + " has two results");
      }
    }
    long last = newest;
    all.forEach(
        (window, count) -> {
          boolean isFast = window.key().startsWith("fast");
          long least = isCalm && isFast && window.start() <= last ? count : 0;
          long is = found.containsKey(window) ? found.remove(window) : 0;
          if (is < least || is > count) {
            findings.add(window + " has " + is + ", not " + least + " to " + count);
          }
          windows.addAndGet(isFast && is > 0 ? 1 : 0);
        });
    found.keySet().forEach(window -> findings.add("nobody expects " + window));
    return findings;
  }

  private static WindowKey windowOf(Input record) {
    long size = TestWorkload.WINDOW.toMillis();
    return new WindowKey(record.key(), record.timestamp() / size * size);
  }
}
