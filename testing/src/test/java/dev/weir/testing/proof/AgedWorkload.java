package dev.weir.testing.proof;

import dev.weir.connectors.kafka.KafkaClients;
import dev.weir.pipeline.Pipeline;
import dev.weir.testing.proof.TestPipelines.Result;
import dev.weir.testing.proof.TestWorkload.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Records of which some may vanish before they are read, so that the job may have to stop: what it
 * has committed until then is right, without a gap. Immutable.
 */
final class AgedWorkload implements Workload {
  private final TestWorkload whole;

  AgedWorkload(long seed) {
    whole = new TestWorkload(seed % 2 == 0 ? Kind.PASSED : Kind.COUNTED, seed);
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
    return whole.pipeline(clients, stops);
  }

  @Override
  public Optional<Origins> origins() {
    return whole.origins();
  }

  @Override
  public List<String> judge(
      Map<String, List<ConsumerRecord<byte[], byte[]>>> output, List<Input> input) {
    Map<String, Long> last = new HashMap<>();
    List<String> findings = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : output.get(TestPipelines.OUTPUT)) {
      Result result = Judgement.result(record);
      Long before = last.put(result.key(), result.number());
      if (before != null && before + 1 != result.number()) {
        findings.add(result + " comes after number " + before);
      }
    }
    return findings;
  }
}
