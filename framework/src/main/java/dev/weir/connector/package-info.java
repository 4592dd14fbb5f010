/**
 * What a connector implements: sources with splits, sinks with two phases, and the ledger in which
 * checkpoints are completed. Readers and writers are confined to their task's thread and never
 * block; enumerators and ledgers run on I/O threads and may block.
 */
package dev.weir.connector;
