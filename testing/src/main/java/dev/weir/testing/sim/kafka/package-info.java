/**
 * Kafka in memory, as far as transactions go: logs of batches with producer state and last stable
 * offset, a transaction coordinator of {@code transaction.version} 2 whose markers are written
 * later, leaders of partitions and a coordinator that move, and clients that behave as Kafka's own
 * do. {@code Conformance} tests compare it with a real broker. It knows no consumer groups but for
 * their offsets, no single brokers, and at most one batch on its way per producer and partition.
 * All of it is used by whoever has the baton.
 */
package dev.weir.testing.sim.kafka;
