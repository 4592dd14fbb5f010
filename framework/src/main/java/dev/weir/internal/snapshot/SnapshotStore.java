package dev.weir.internal.snapshot;

import dev.weir.connector.LedgerEntry;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.OptionalLong;

/**
 * Keeps the files of one job's checkpoints. All methods block and may be called from several I/O
 * threads at once. A failure is a {@link dev.weir.error.StorageException} that names the file.
 */
public interface SnapshotStore {
  /**
   * Makes the folder ready for this job, and checks that it can be written and is no other job's.
   *
   * @throws dev.weir.error.InvalidConfigException if it cannot be written or holds another job
   */
  void open(String job);

  /** The greatest checkpoint id of which a manifest is there, completed or not; empty: none. */
  OptionalLong newestManifest();

  /**
   * Writes a file and returns when it is durable under its name, which is unique per attempt.
   *
   * @param name file name, unique within the checkpoint and attempt
   */
  FileRef write(long checkpointId, long attempt, String name, FileContent content);

  /**
   * Reads a file and checks length and checksum of all its bytes.
   *
   * @throws dev.weir.error.RestoreException if it is missing or damaged; names it
   */
  void read(FileRef file, FileReader reader);

  /** Writes the manifest and returns when it is durable. */
  FileRef writeManifest(CheckpointManifest manifest);

  /**
   * Reads the manifest that a ledger entry names.
   *
   * @throws dev.weir.error.RestoreException if it is missing, damaged, another job's or of a newer
   *     format
   */
  CheckpointManifest readManifest(LedgerEntry entry);

  /**
   * Removes every file in the checkpoints folder that none of these manifests names and that was
   * written by this attempt or an earlier one. Files that are not Weir's stay. Safe to repeat.
   *
   * @param retained the manifests to keep, with their own references
   * @param attempt the current attempt
   */
  void retainOnly(Collection<RetainedManifest> retained, long attempt);

  /**
   * A manifest to keep.
   *
   * @param file the manifest's own file
   * @param manifest what it names
   */
  record RetainedManifest(FileRef file, CheckpointManifest manifest) {}

  /** Writes a file's bytes. */
  @FunctionalInterface
  interface FileContent {
    /** Writes everything to the stream; need not flush or close it. */
    void writeTo(DataOutputStream out) throws IOException;
  }

  /** Reads a file's bytes. */
  @FunctionalInterface
  interface FileReader {
    /** Reads from the stream, to its end. */
    void readFrom(DataInputStream in) throws IOException;
  }
}
