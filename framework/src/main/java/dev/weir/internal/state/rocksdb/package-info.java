/**
 * The bottom of keyed state in RocksDB: one database per job process, a column family per stage and
 * table of an attempt, rows prefixed by key group. The write-ahead log is off: what is not in a
 * completed checkpoint may be lost, what is can be restored from its files.
 *
 * <p>Reads come from the tasks' threads, each for its own key groups; batches of sinking rows are
 * written by I/O threads. Nothing else in Weir knows RocksDB.
 */
package dev.weir.internal.state.rocksdb;
