package dev.weir.internal.checkpoint;

import dev.weir.internal.snapshot.CheckpointManifest;

/** Learns of checkpoints. Called on the job's thread; must not block. */
public interface CheckpointListener {
  /** The checkpoint is completed and everybody has been told. */
  void completed(CompletedCheckpoint checkpoint);

  /** A checkpoint was due, but nothing has happened since the last one. */
  void skipped();

  /** The checkpoint under way takes long; names the edge or task that holds it. */
  void slow(long checkpointId, String heldBy);

  /** The attempt cannot go on. */
  void failed(Throwable cause);

  /**
   * A completed checkpoint, for people.
   *
   * @param checkpointId the checkpoint
   * @param durationMillis from trigger to completion
   * @param bytes written for it: new state files and manifest
   * @param isFinal whether the attempt ends with it
   * @param manifest what it consists of
   */
  record CompletedCheckpoint(
      long checkpointId,
      long durationMillis,
      long bytes,
      boolean isFinal,
      CheckpointManifest manifest) {}
}
