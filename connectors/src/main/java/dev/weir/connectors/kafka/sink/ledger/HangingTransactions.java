package dev.weir.connectors.kafka.sink.ledger;

import dev.weir.connectors.kafka.AdminCalls;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.AbortTransactionOptions;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersOptions;
import org.apache.kafka.clients.admin.DescribeProducersResult.PartitionProducerState;
import org.apache.kafka.clients.admin.DescribeTransactionsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds the job's transactions that a partition holds open though their coordinator has ended them,
 * and aborts them there (KIP-664). Blocks; confined to one thread.
 */
final class HangingTransactions {
  private static final int TIMEOUT_MILLIS = (int) AdminCalls.TIMEOUT.toMillis();
  private static final Set<TransactionState> ENDED =
      Set.of(
          TransactionState.EMPTY,
          TransactionState.COMPLETE_COMMIT,
          TransactionState.COMPLETE_ABORT);

  private final Admin admin;
  private final List<String> ids;
  private final String servers;

  HangingTransactions(Admin admin, List<String> ids, String servers) {
    this.admin = admin;
    this.ids = ids;
    this.servers = servers;
  }

  /** One in one partition: its producer as that partition knows it. */
  record Hanging(TopicPartition partition, ProducerState producer) {
    boolean isSameAs(ProducerState other) {
      return other.producerId() == producer.producerId()
          && other.producerEpoch() == producer.producerEpoch()
          && other.currentTransactionStartOffset().isPresent();
    }

    /** Whether the other partition has seen an end of this one, or something later. */
    boolean isBefore(ProducerState other) {
      return other.producerId() == producer.producerId()
          && other.producerEpoch() > producer.producerEpoch();
    }

    long offset() {
      return producer.currentTransactionStartOffset().orElseThrow();
    }
  }

  /** The producers that these partitions know. */
  Map<TopicPartition, List<ProducerState>> producers(Collection<TopicPartition> partitions) {
    DescribeProducersOptions options = new DescribeProducersOptions();
    options.timeoutMs(TIMEOUT_MILLIS);
    Map<TopicPartition, PartitionProducerState> found =
        AdminCalls.await(
            admin.describeProducers(partitions, options).all(),
            "describe the producers of " + partitions,
            servers);
    Map<TopicPartition, List<ProducerState>> producers = new HashMap<>();
    found.forEach((partition, state) -> producers.put(partition, state.activeProducers()));
    return producers;
  }

  /** What one look at some partitions has found. */
  record Look(Map<TopicPartition, List<ProducerState>> producers, List<Hanging> hanging) {}

  /**
   * Looks for those of the job's that hang. If anything is open, the coordinator is asked and then
   * the partitions again: what is open there with an epoch below the one that the coordinator had
   * already then, nobody ends any more.
   */
  Look look(Collection<TopicPartition> partitions) {
    Map<TopicPartition, List<ProducerState>> first = producers(partitions);
    if (open(first).isEmpty()) {
      return new Look(first, List.of());
    }
    Collection<TransactionDescription> known = transactions();
    Map<TopicPartition, List<ProducerState>> then = producers(partitions);
    return new Look(
        then,
        open(then).stream()
            .filter(one -> known.stream().anyMatch(transaction -> hangs(one, transaction)))
            .toList());
  }

  private static List<Hanging> open(Map<TopicPartition, List<ProducerState>> producers) {
    List<Hanging> open = new ArrayList<>();
    producers.forEach(
        (partition, states) ->
            states.stream()
                .filter(state -> state.currentTransactionStartOffset().isPresent())
                .forEach(state -> open.add(new Hanging(partition, state))));
    return open;
  }

  /** Writes the missing ends; needs the right to alter the cluster. */
  void abort(Collection<Hanging> hanging) {
    for (Hanging one : hanging) {
      AbortTransactionSpec spec =
          new AbortTransactionSpec(
              one.partition(),
              one.producer().producerId(),
              (short) one.producer().producerEpoch(),
              one.producer().coordinatorEpoch().orElse(0));
      AbortTransactionOptions options = new AbortTransactionOptions();
      options.timeoutMs(TIMEOUT_MILLIS);
      AdminCalls.await(
          admin.abortTransaction(spec, options).all(),
          "abort the hanging transaction of producer "
              + spec.producerId()
              + " in "
              + spec.topicPartition(),
          servers);
    }
  }

  /** What is open with the newest epoch is under way, or being ended. */
  private static boolean hangs(Hanging one, TransactionDescription transaction) {
    return transaction.producerId() == one.producer().producerId()
        && transaction.producerEpoch() > one.producer().producerEpoch()
        && (ENDED.contains(transaction.state())
            || !transaction.topicPartitions().contains(one.partition()));
  }

  private Collection<TransactionDescription> transactions() {
    DescribeTransactionsOptions options = new DescribeTransactionsOptions();
    options.timeoutMs(TIMEOUT_MILLIS);
    return AdminCalls.await(
            admin.describeTransactions(ids, options).all(), "describe transactions " + ids, servers)
        .values();
  }
}
