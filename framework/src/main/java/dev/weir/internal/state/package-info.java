/**
 * Keyed state of one task: tables layered by checkpoint. Reads and writes happen on the task's
 * thread; snapshots are written by I/O threads from frozen layers that nobody changes any more.
 *
 * <pre>
 *   get/put ──► dirty ──freeze──► frozen n ──completed──► bottom (heap maps or RocksDB)
 *                                    │
 *                                    └──I/O thread──► delta file of n
 * </pre>
 */
package dev.weir.internal.state;
