/**
 * Writes Kafka topics. Records go from task threads to the producers, by way of I/O threads only
 * where sending would block. In exactly-once mode the producers are the ledger's:
 *
 * <pre>
 *  task threads   KafkaSinkWriter ──► SendLane ──► current transaction ──┐
 *                                                                        │ prepare(n): flush, switch
 *  I/O threads    OutputTransactions:  weir-job-0 ◄── n, held open ──────┤
 *                                      weir-job-1 ◄── n + 1 ─────────────┘
 *                 KafkaLedger.complete(n): entry through n's producer, commit
 * </pre>
 */
package dev.weir.connectors.kafka.sink;
