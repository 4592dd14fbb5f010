package dev.weir.testing.proof;

import dev.weir.connectors.kafka.KafkaClients;
import dev.weir.pipeline.Pipeline;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A pipeline with its input, and the judgement of its output. Immutable, or confined to one run.
 */
public interface Workload {
  /**
   * @return the topics it reads and writes, each with its number of partitions
   */
  Map<String, Integer> topics();

  /**
   * @return records in the order in which they are written
   */
  List<Input> input();

  /**
   * Builds the pipeline anew, for each process that runs it.
   *
   * @param clients what its sources and sinks are to use
   * @param stops where each input partition ends, for pipelines that end there; others are stopped
   *     when nothing happens any more
   * @return the pipeline
   */
  Pipeline pipeline(KafkaClients clients, Map<TopicPartition, Long> stops);

  /**
   * Judges what is committed when everything is over.
   *
   * @param output what committed readers see, by topic, each partition in its order
   * @param input what was written, in order
   * @return what is wrong; empty if nothing is
   */
  List<String> judge(Map<String, List<ConsumerRecord<byte[], byte[]>>> output, List<Input> input);
}
