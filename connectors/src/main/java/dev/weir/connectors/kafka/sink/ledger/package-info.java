/**
 * The job's ledger in Kafka and the transactions that its entries ride in: one topic of one
 * partition, a pool of two transactional ids. {@code LedgerTakeOver} fences, claims and reads;
 * {@code OutputTransactions} gives each checkpoint its transaction; {@code KafkaLedger} completes
 * checkpoints. What records mean is decided by pure classes: {@code LedgerLog}, {@code
 * ClaimResolver}, {@code TransactionTiming}. Runs on I/O threads and blocks; for the engine only.
 */
package dev.weir.connectors.kafka.sink.ledger;
