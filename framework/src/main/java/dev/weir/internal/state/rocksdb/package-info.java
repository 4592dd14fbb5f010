/**
 * The bottom of keyed state in RocksDB: one database per job process, a column family per stage and
 * table of an attempt, rows prefixed by key group. The write-ahead log is off: what is not in a
 * completed checkpoint may be lost, what is can be restored from its files.
 *
 * <p>Reads come from the tasks' threads, each for its own key groups, and find most rows in a cache
 * of their bytes; sinking rows are written in order by I/O threads, few in a batch, many as a table
 * file. Nothing else in Weir knows RocksDB.
 *
 * <pre>
 *   get ──► row cache ──► database          sink ──► sorted ──► batch or file ──► database
 *              ▲  └───────── read              └───────────────► row cache
 * </pre>
 */
package dev.weir.internal.state.rocksdb;
