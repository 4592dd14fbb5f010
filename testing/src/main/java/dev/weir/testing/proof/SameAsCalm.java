package dev.weir.testing.proof;

import dev.weir.connectors.kafka.KafkaClients;
import dev.weir.pipeline.Pipeline;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A pipeline that nobody knows the right output of: it is what comes when nothing goes wrong.
 * Thread-safe.
 */
final class SameAsCalm implements Workload {
  private static final long CALM_SEED = 0;

  private final Function<KafkaClients, Pipeline> pipeline;
  private final Map<String, Integer> topics;
  private final List<Input> input;
  private final Map<Integer, Map<String, List<String>>> rightByLength = new ConcurrentHashMap<>();

  private SameAsCalm(
      Function<KafkaClients, Pipeline> pipeline, Map<String, Integer> topics, List<Input> input) {
    this.pipeline = pipeline;
    this.topics = Map.copyOf(topics);
    this.input = List.copyOf(input);
  }

  /**
   * Runs it once to learn what is right.
   *
   * @throws AssertionError if it does not come to its end even then
   */
  static SameAsCalm of(
      Function<KafkaClients, Pipeline> pipeline, Map<String, Integer> topics, List<Input> input) {
    SameAsCalm workload = new SameAsCalm(pipeline, topics, input);
    workload.right(workload.input);
    return workload;
  }

  @Override
  public Map<String, Integer> topics() {
    return topics;
  }

  @Override
  public List<Input> input() {
    return input;
  }

  @Override
  public Pipeline pipeline(KafkaClients clients, Map<TopicPartition, Long> stops) {
    return pipeline.apply(clients);
  }

  @Override
  public List<String> judge(
      Map<String, List<ConsumerRecord<byte[], byte[]>>> output, List<Input> written) {
    Map<String, List<String>> right = right(written);
    Map<String, List<String>> found = byKey(output, written);
    Set<String> keys = new TreeSet<>(right.keySet());
    keys.addAll(found.keySet());
    return keys.stream()
        .filter(key -> !right.getOrDefault(key, List.of()).equals(found.get(key)))
        .map(
            key ->
                key
                    + ": expected "
                    + right.getOrDefault(key, List.of())
                    + ", found "
                    + found.getOrDefault(key, List.of()))
        .toList();
  }

  /** What comes of the first records when nothing goes wrong. */
  private Map<String, List<String>> right(List<Input> written) {
    return rightByLength.computeIfAbsent(written.size(), length -> calm(written));
  }

  private Map<String, List<String>> calm(List<Input> written) {
    Learning learning = new Learning(written);
    Verdict verdict =
        new Run(new Scenario(CALM_SEED, learning, written, FaultPlan.calm()), false).verdict();
    if (!verdict.isClean()) {
      throw new AssertionError(
          "The pipeline fails though nothing goes wrong: "
              + String.join("; ", verdict.findings())
              + "; "
              + String.join("; ", verdict.log()));
    }
    return learning.learnt;
  }

  private static Map<String, List<String>> byKey(
      Map<String, List<ConsumerRecord<byte[], byte[]>>> output, List<Input> written) {
    Set<String> read =
        written.stream().map(record -> record.to().topic()).collect(Collectors.toSet());
    Map<String, List<String>> values = new TreeMap<>();
    output.forEach(
        (topic, records) -> {
          if (!read.contains(topic)) {
            records.forEach(
                record ->
                    values
                        .computeIfAbsent(
                            topic + ", key " + text(record.key()), key -> new ArrayList<>())
                        .add(text(record.value())));
          }
        });
    return values;
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "none" : new String(bytes, StandardCharsets.UTF_8);
  }

  /** Takes note of the output instead of judging it. */
  private final class Learning implements Workload {
    private final List<Input> records;
    private Map<String, List<String>> learnt = new HashMap<>();

    Learning(List<Input> records) {
      this.records = records;
    }

    @Override
    public Map<String, Integer> topics() {
      return topics;
    }

    @Override
    public List<Input> input() {
      return records;
    }

    @Override
    public Pipeline pipeline(KafkaClients clients, Map<TopicPartition, Long> stops) {
      return SameAsCalm.this.pipeline(clients, stops);
    }

    @Override
    public List<String> judge(
        Map<String, List<ConsumerRecord<byte[], byte[]>>> output, List<Input> written) {
      learnt = byKey(output, written);
      return List.of();
    }
  }
}
