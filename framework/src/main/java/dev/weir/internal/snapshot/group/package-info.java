/**
 * Savepoints of several jobs in one place, which are there together or not at all. Everything here
 * blocks and runs on I/O threads.
 */
package dev.weir.internal.snapshot.group;
