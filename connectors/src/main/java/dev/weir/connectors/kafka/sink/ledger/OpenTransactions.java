package dev.weir.connectors.kafka.sink.ledger;

import dev.weir.connectors.kafka.AdminCalls;
import dev.weir.error.WeirException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.TopicPartition;

/** Finds out who holds a partition's transactions open, for messages. Blocks. */
final class OpenTransactions {
  private OpenTransactions() {}

  /** Names the open transactions of the partition, as far as the brokers tell. */
  static String describe(Admin admin, TopicPartition partition) {
    try {
      List<String> found = new ArrayList<>();
      for (ProducerState producer : producers(admin, partition)) {
        if (producer.currentTransactionStartOffset().isPresent()) {
          found.add(
              "producer "
                  + producer.producerId()
                  + " "
                  + idsOf(admin, producer.producerId())
                  + " has one open from offset "
                  + producer.currentTransactionStartOffset().getAsLong());
        }
      }
      return found.isEmpty() ? "no transaction is open there now" : String.join(", ", found);
    } catch (WeirException e) {
      return "whose transaction is open is not known (" + e.getMessage() + ")";
    }
  }

  private static List<ProducerState> producers(Admin admin, TopicPartition partition) {
    DescribeProducersOptions options = new DescribeProducersOptions();
    options.timeoutMs((int) AdminCalls.TIMEOUT.toMillis());
    return AdminCalls.await(
            admin.describeProducers(Set.of(partition), options).partitionResult(partition),
            "describe the producers of " + partition,
            "the brokers")
        .activeProducers();
  }

  private static List<String> idsOf(Admin admin, long producerId) {
    ListTransactionsOptions options =
        new ListTransactionsOptions().filterProducerIds(Set.of(producerId));
    options.timeoutMs((int) AdminCalls.TIMEOUT.toMillis());
    return AdminCalls.await(
            admin.listTransactions(options).all(), "list transactions", "the brokers")
        .stream()
        .map(TransactionListing::transactionalId)
        .toList();
  }
}
