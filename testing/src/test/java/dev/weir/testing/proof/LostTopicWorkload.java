package dev.weir.testing.proof;

import dev.weir.connectors.kafka.KafkaClients;
import dev.weir.pipeline.DataStream;
import dev.weir.pipeline.Pipeline;
import dev.weir.testing.proof.TestPipelines.Numbered;
import dev.weir.testing.proof.TestPipelines.Result;
import dev.weir.testing.proof.TestWorkload.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Records are passed on, and a topic may be deleted on the way. What is in the topic that is
 * written is in order and has nothing twice, and where nobody has made topics anew it has no gap.
 * Immutable.
 */
final class LostTopicWorkload implements Workload {
  private final TestWorkload whole;
  private final boolean isEndless;
  private final boolean mayHaveGaps;

  private LostTopicWorkload(long seed, boolean isEndless, boolean mayHaveGaps) {
    this.whole = new TestWorkload(Kind.PASSED, seed);
    this.isEndless = isEndless;
    this.mayHaveGaps = mayHaveGaps;
  }

  /** The topic that is read goes, and perhaps another one comes; it is looked at all the time. */
  static LostTopicWorkload input(long seed, boolean comesBack) {
    return new LostTopicWorkload(seed, true, comesBack);
  }

  /** The topic that is written goes, and another one comes. */
  static LostTopicWorkload output(long seed) {
    return new LostTopicWorkload(seed, false, false);
  }

  @Override
  public Map<String, Integer> topics() {
    return whole.topics();
  }

  @Override
  public List<Input> input() {
    return whole.input();
  }

  @Override
  public Pipeline pipeline(KafkaClients clients, Map<TopicPartition, Long> stops) {
    Pipeline pipeline = Pipeline.named("lost-topic");
    DataStream<Numbered> records =
        pipeline.source(
            "records",
            isEndless ? TestPipelines.growing(clients) : TestPipelines.source(clients, stops));
    records
        .map(record -> new Result(record.key(), record.number(), record.number()))
        .sink("results", TestPipelines.sink(clients));
    return pipeline;
  }

  /** Of each key, where the topic was lost that is written, there is the end; else, a beginning. */
  @Override
  public List<String> judge(
      Map<String, List<ConsumerRecord<byte[], byte[]>>> output, List<Input> input) {
    Map<String, Long> last = new HashMap<>();
    List<String> findings = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : output.get(TestPipelines.OUTPUT)) {
      Result result = Judgement.result(record);
      Long before = last.put(result.key(), result.number());
      boolean isNext =
          before == null
              ? mayHaveGaps || !isEndless || result.number() == 1
              : result.number() == before + 1 || (mayHaveGaps && result.number() > before);
      if (!isNext) {
        findings.add(result + " comes after number " + before);
      }
    }
    if (!isEndless) {
      Map<String, Long> ends = new HashMap<>();
      input.stream().filter(Input::isVisible).forEach(r -> ends.merge(r.key(), 1L, Long::sum));
      last.forEach(
          (key, number) -> {
            if (number < ends.get(key)) {
              findings.add(key + " ends with " + number + ", not " + ends.get(key));
            }
          });
    }
    return findings;
  }
}
