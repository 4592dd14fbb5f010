package dev.weir.connectors.kafka.sink.ledger;

import dev.weir.connectors.kafka.AdminCalls;
import dev.weir.connectors.kafka.ClientKind;
import dev.weir.connectors.kafka.TopicLookup;
import dev.weir.connectors.kafka.sink.LedgerOptions;
import dev.weir.connectors.kafka.sink.ledger.HangingTransactions.Hanging;
import dev.weir.connectors.kafka.sink.ledger.LedgerRecord.Completed;
import dev.weir.error.UnrecoverableConnectorException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles transactions of earlier attempts that the brokers have ended without telling every
 * partition (docs/design/0038). Such a one would be decided by whatever the next transaction of its
 * id does: a committed one lost, or an aborted one made visible. So it is aborted everywhere while
 * no partition has seen its end, which undoes its checkpoint; else nothing can make it whole, and
 * the job refuses. Blocks; the ledger first, then topics, one thread at a time.
 */
final class TransactionMender {
  private static final Logger LOG = LoggerFactory.getLogger(TransactionMender.class);

  private final LedgerOptions options;
  private final String job;
  private final TopicPartition ledger;
  private final Map<Long, Integer> ledgerEpochs = new HashMap<>();
  private final Set<String> settled = new HashSet<>();
  private final Set<String> unseen = new HashSet<>();
  private boolean namesTopics;

  TransactionMender(LedgerOptions options, String job, TopicPartition ledger) {
    this.options = options;
    this.job = job;
    this.ledger = ledger;
  }

  /**
   * Settles what hangs in the ledger, with all that belongs to it; between the fencing of the ids
   * and their claims.
   *
   * @param admin the client to ask with; stays the caller's
   * @param records reads the record at an offset of the ledger, committed or not
   */
  void mendLedger(Admin admin, LongFunction<LedgerRecord> records) {
    HangingTransactions.Look look = transactions(admin).look(List.of(ledger));
    ledgerEpochs.clear();
    look.producers()
        .get(ledger)
        .forEach(p -> ledgerEpochs.merge(p.producerId(), p.producerEpoch(), Math::max));
    for (Hanging hanging : look.hanging()) {
      if (records.apply(hanging.offset()) instanceof Completed completed) {
        undo(completed, hanging, admin);
      } // Else a claim, which the next one of its id ends, either way without harm.
    }
  }

  /** Whether the brokers have lost the end of what this attempt has committed to the ledger. */
  boolean hangsInLedger() {
    Map<String, Object> settings = options.settings().of(ClientKind.ADMIN);
    settings.putIfAbsent("client.id", "weir-" + job + "-ledger");
    return AdminCalls.call(
        () -> options.clients().admin(settings),
        "look for hanging transactions in " + ledger,
        options.settings().servers(),
        admin -> !transactions(admin).look(List.of(ledger)).hanging().isEmpty());
  }

  /**
   * Settles what hangs in the topics of the newest checkpoint; after the ledger, and still before
   * the claims, as long as the ledger tells a commit without its end from an abort without it.
   *
   * @param admin the client to ask with; stays the caller's
   * @param topics those of the newest checkpoint; empty if it does not name them
   */
  void mendTopics(Admin admin, Optional<List<String>> topics) {
    settled.clear();
    unseen.clear();
    namesTopics = topics.isPresent();
    for (String topic : topics.orElse(List.of())) {
      try {
        settleOfNewest(admin, lookup(admin).findNow(List.of(topic)).values());
        settled.add(topic);
      } catch (UnrecoverableConnectorException e) {
        if (!(e.getCause() instanceof AuthorizationException)) {
          throw e;
        }
        LOG.debug("Topic {} may not be read; it is looked at before it is written", topic, e);
        unseen.add(topic); // Perhaps the job has done with it.
      }
    }
  }

  /**
   * Settles what hangs in a topic, before this attempt writes to it. No checkpoint is completed
   * with records in it unless the newest one names it, or it could not be looked at.
   *
   * @param checkNewest throws if a newer attempt has taken over, whose the transaction may be
   */
  void mendTopic(Admin admin, TopicDescription topic, Runnable checkNewest) {
    if (settled.contains(topic.name())) {
      return;
    }
    List<Hanging> hanging = transactions(admin).look(partitionsOf(List.of(topic))).hanging();
    if (hanging.isEmpty()) {
      return;
    }
    checkNewest.run();
    if (!namesTopics || unseen.contains(topic.name())) {
      requireNotCommitted(hanging);
    }
    abort(admin, hanging);
  }

  /** The topics that the entry of a checkpoint must name: known ones, and those not looked at. */
  List<String> topicsToName(List<String> known) {
    return Stream.concat(known.stream(), unseen.stream()).distinct().sorted().toList();
  }

  private void settleOfNewest(Admin admin, Collection<TopicDescription> topics) {
    List<Hanging> hanging = transactions(admin).look(partitionsOf(topics)).hanging();
    requireNotCommitted(hanging);
    abort(admin, hanging);
  }

  private void requireNotCommitted(List<Hanging> hanging) {
    for (Hanging one : hanging) {
      if (ledgerEpochs.getOrDefault(one.producer().producerId(), -1)
          > one.producer().producerEpoch()) {
        throw torn(List.of(one), List.of(ledger));
      }
    }
  }

  private void abort(Admin admin, List<Hanging> hanging) {
    if (!hanging.isEmpty()) {
      warn("a transaction that reached no ledger entry", hanging);
      transactions(admin).abort(hanging);
    }
  }

  private TopicLookup lookup(Admin admin) {
    return new TopicLookup(admin, options.clients(), options.settings());
  }

  private void undo(Completed completed, Hanging inLedger, Admin admin) {
    HangingTransactions transactions = transactions(admin);
    List<Hanging> parts = new ArrayList<>();
    List<TopicPartition> ended = new ArrayList<>();
    transactions
        .producers(partitionsOf(lookup(admin).findNow(completed.topics()).values()))
        .forEach(
            (partition, states) -> {
              states.stream()
                  .filter(inLedger::isSameAs)
                  .forEach(state -> parts.add(new Hanging(partition, state)));
              if (states.stream().anyMatch(inLedger::isBefore)) {
                ended.add(partition);
              }
            });
    if (!ended.isEmpty()) {
      parts.add(inLedger);
      throw torn(parts, ended);
    }
    warn("checkpoint " + completed.entry().checkpointId(), parts);
    transactions.abort(parts);
    transactions.abort(List.of(inLedger)); // Last, so that whoever dies before finds all again.
  }

  private static List<TopicPartition> partitionsOf(Collection<TopicDescription> topics) {
    return topics.stream()
        .flatMap(
            topic ->
                IntStream.range(0, topic.partitions().size())
                    .mapToObj(i -> new TopicPartition(topic.name(), i)))
        .toList();
  }

  private HangingTransactions transactions(Admin admin) {
    return new HangingTransactions(
        admin, LedgerOptions.transactionalIds(job), options.settings().servers());
  }

  private void warn(String what, List<Hanging> hanging) {
    LOG.warn(
        "Job {}: Kafka has lost the end of {}: it is still open in {}. No reader has seen any of it;"
            + " it is aborted, and its records are made again.",
        job,
        what,
        describe(hanging));
  }

  private static List<String> describe(List<Hanging> hanging) {
    return hanging.stream().map(one -> one.partition() + " from " + one.offset()).toList();
  }

  private UnrecoverableConnectorException torn(List<Hanging> hanging, List<TopicPartition> ended) {
    return new UnrecoverableConnectorException(
        "Tried to take over job '"
            + job
            + "', found a transaction that Kafka has ended in "
            + ended
            + " but, having no leader then, not in "
            + describe(hanging)
            + ". What is still open there belongs to a checkpoint that counts, and no client can"
            + " commit it any more; if this attempt went on, it would be lost or doubled. No"
            + " record was written. Either abort it knowingly (kafka-transactions.sh abort, for each of these"
            + " partitions and offsets), which loses those records, and start again; or give the job a"
            + " new name and new output topics, and replay.");
  }
}
