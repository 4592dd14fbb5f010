/**
 * Where checkpoints lie: files with length and checksum, and a manifest that names them. Everything
 * here blocks and runs on I/O threads. Knows nothing of operators: a stage's part is bytes and file
 * references.
 */
package dev.weir.internal.snapshot;
