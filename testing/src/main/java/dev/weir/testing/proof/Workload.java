package dev.weir.testing.proof;

import dev.weir.connectors.kafka.KafkaClients;
import dev.weir.job.stored.StateRow;
import dev.weir.pipeline.Pipeline;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
   * For a pipeline each of whose results is of one record: names records and their results alike,
   * so that it can be judged that each checkpoint has committed the results of its own records.
   */
  interface Origins {
    /**
     * @param record a record that was read
     * @return its name, which no other visible record has
     */
    String of(Input record);

    /**
     * @param result a record that was written
     * @return the name of the record that it is the result of
     */
    String of(ConsumerRecord<byte[], byte[]> result);
  }

  /**
   * @return names of records and results; empty, as usual, where results are of several records
   */
  default Optional<Origins> origins() {
    return Optional.empty();
  }

  /** For a pipeline whose state follows from what it has read, and from its event time. */
  interface Memory {
    /**
     * Judges the state in one checkpoint.
     *
     * @param rows all of them, with those that Weir keeps beside the pipeline's
     * @param read the visible records before the checkpoint's positions, in their order
     * @return what is wrong; empty if nothing is
     */
    List<String> judge(List<StateRow> rows, List<Input> read);
  }

  /**
   * @return who judges state, in some of the runs; empty, as usual, where output alone is judged
   */
  default Optional<Memory> memory() {
    return Optional.empty();
  }

  /**
   * Judges what is committed when everything is over.
   *
   * @param output what committed readers see, by topic, each partition in its order
   * @param input what was written, in order
   * @return what is wrong; empty if nothing is
   */
  List<String> judge(Map<String, List<ConsumerRecord<byte[], byte[]>>> output, List<Input> input);
}
