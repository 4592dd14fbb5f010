package dev.weir.connector;

import java.util.Objects;

/**
 * The fact that a checkpoint is completed.
 *
 * @param checkpointId the checkpoint, from 0
 * @param attempt the attempt that took it
 * @param manifest location of its manifest within the job's checkpoint storage
 * @param manifestBytes the manifest's length
 * @param manifestCrc32c CRC-32C of the manifest's bytes
 * @param completedAtMillis when it was taken, epoch milliseconds; for people only
 */
public record LedgerEntry(
    long checkpointId,
    long attempt,
    String manifest,
    long manifestBytes,
    int manifestCrc32c,
    long completedAtMillis) {
  /** Checks that the manifest is named. */
  public LedgerEntry {
    Objects.requireNonNull(manifest, "manifest");
  }
}
