package dev.weir.internal.snapshot;

import dev.weir.internal.base.Checks;
import dev.weir.internal.base.CrashPoint;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.zip.CRC32C;

/**
 * Gathers what the tasks of a job write for one checkpoint into one object: small files are held in
 * memory until every task has given its own; a large one gets an object of its own while it is
 * written. Tasks' I/O threads write side by side; the last one writes the object. Thread-safe.
 */
public final class StatePack {
  /** Up to this a file is held in memory. */
  static final int LARGE = 4 << 20;

  private final CheckpointStore store;
  private final long checkpointId;
  private final long attempt;
  private final String location;
  private final List<byte[]> files = new ArrayList<>();
  private final CompletableFuture<Void> durable = new CompletableFuture<>();
  private int tasksLeft;
  private long length;

  StatePack(CheckpointStore store, long checkpointId, long attempt, int tasks) {
    this.store = store;
    this.checkpointId = checkpointId;
    this.attempt = attempt;
    this.location = Layout.packLocation(checkpointId, attempt);
    this.tasksLeft = tasks;
  }

  /**
   * Takes a file of a task that is not {@link #done} yet.
   *
   * @param name unique within the checkpoint
   * @return where it will be once the pack is durable
   */
  public FileRef write(String name, CheckpointStore.FileContent content) {
    return store.retried(
        Layout.stateLocation(checkpointId, attempt, name),
        () -> {
          try (Spilling out = new Spilling(name)) {
            DataOutputStream data = new DataOutputStream(out);
            store.packed(content).writeTo(data);
            data.flush();
            return out.finished();
          }
        });
  }

  private synchronized FileRef add(byte[] bytes) {
    Checks.state(tasksLeft > 0, "Checkpoint %s is packed already", checkpointId);
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    FileRef file = new FileRef(location, length, bytes.length, (int) crc.getValue());
    files.add(bytes);
    length += bytes.length;
    return file;
  }

  /**
   * A task has written all its files. For the last one this blocks until the pack is durable.
   *
   * @return done when everything of every task is durable
   */
  public CompletionStage<Void> done() {
    if (isLast()) {
      try {
        writeObject();
        store.reached(CrashPoint.STATE_FILE_WRITTEN, checkpointId);
        durable.complete(null);
      } catch (Throwable failure) {
        durable.completeExceptionally(failure);
      }
    }
    return durable;
  }

  private synchronized boolean isLast() {
    Checks.state(tasksLeft > 0, "Checkpoint %s is packed already", checkpointId);
    tasksLeft--;
    return tasksLeft == 0;
  }

  private void writeObject() {
    if (!files.isEmpty()) {
      store.write(
          location,
          out -> {
            for (byte[] file : files) {
              out.write(file);
            }
          });
      files.clear();
    }
  }

  /** A file that is held in memory as long as it is small. */
  private final class Spilling extends OutputStream {
    private final String name;
    private ByteArrayOutputStream held = new ByteArrayOutputStream();
    private ChecksummedOutput own;

    Spilling(String name) {
      this.name = name;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      if (own == null && held.size() + count > LARGE) {
        own = store.create(Layout.stateLocation(checkpointId, attempt, name));
        held.writeTo(own);
        held = new ByteArrayOutputStream(0);
      }
      if (own == null) {
        held.write(bytes, offset, count);
      } else {
        own.write(bytes, offset, count);
      }
    }

    FileRef finished() throws IOException {
      if (own == null) {
        return add(held.toByteArray());
      }
      own.complete();
      return new FileRef(
          Layout.stateLocation(checkpointId, attempt, name), 0, own.length(), own.crc32c());
    }

    @Override
    public void close() throws IOException {
      if (own != null) {
        own.close();
      }
    }
  }

  /** Gives the tasks of an attempt the pack of each checkpoint. Thread-safe. */
  public static final class OfAttempt {
    private final CheckpointStore store;
    private final long attempt;
    private final int tasks;
    private long newestId = -1;
    private StatePack newest;

    /**
     * Packs for one attempt.
     *
     * @param tasks how many tasks take part in each checkpoint
     */
    public OfAttempt(CheckpointStore store, long attempt, int tasks) {
      this.store = store;
      this.attempt = attempt;
      this.tasks = tasks;
    }

    /** The pack of a checkpoint, the same for every task. There is one checkpoint at a time. */
    public synchronized StatePack of(long checkpointId) {
      if (checkpointId != newestId) {
        newestId = checkpointId;
        newest = store.pack(checkpointId, attempt, tasks);
      }
      return newest;
    }
  }
}
