/**
 * Copies of checkpoint files that a standby keeps in its local folder, so that it reads little when
 * it takes over. A cache: each copy is checked before it is shown, and nothing of it is ever
 * needed. Everything here blocks and runs on I/O threads.
 */
package dev.weir.internal.snapshot.warm;
