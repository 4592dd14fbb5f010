package dev.weir.internal.checkpoint;

import dev.weir.error.RestoreException;
import dev.weir.error.WeirException;
import dev.weir.internal.snapshot.CheckpointStore;
import dev.weir.internal.snapshot.CheckpointStore.RetainedManifest;
import dev.weir.internal.snapshot.FileRef;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the files of retained checkpoints again and again, so that a disk that forgets is noticed
 * while the state is still in the running job: a damaged file is told of, to be written anew before
 * it is needed. One file at a time, at a bounded rate. Confined to the job's thread; files are read
 * on I/O threads.
 */
final class Scrub {
  private static final Logger LOG = LoggerFactory.getLogger(Scrub.class);
  private static final long BYTES_PER_SECOND = 8L << 20;
  private static final long PAUSE_MILLIS = 600_000;

  private final String job;
  private final CheckpointStore store;
  private final Executor io;
  private final Executor jobThread;
  private final Supplier<List<RetainedManifest>> retained;
  private final Consumer<FileRef> damaged;
  private final Deque<FileRef> left = new ArrayDeque<>();
  private boolean isReading;
  private long dueMillis = Long.MIN_VALUE;

  Scrub(
      CheckpointScope scope, Supplier<List<RetainedManifest>> retained, Consumer<FileRef> damaged) {
    this.job = scope.job();
    this.store = scope.store();
    this.io = scope.ioBeside();
    this.jobThread = scope.jobThread();
    this.retained = retained;
    this.damaged = damaged;
  }

  /** Lets time pass. */
  void tick(long nowMillis) {
    if (dueMillis == Long.MIN_VALUE) {
      dueMillis = nowMillis + PAUSE_MILLIS;
    }
    if (isReading || nowMillis < dueMillis) {
      return;
    }
    if (left.isEmpty()) {
      files().distinct().forEach(left::add);
    }
    FileRef file = left.poll();
    if (file == null || left.isEmpty()) {
      dueMillis = nowMillis + PAUSE_MILLIS;
    } else {
      dueMillis = nowMillis + 1 + file.bytes() * 1_000 / BYTES_PER_SECOND;
    }
    if (file != null) {
      read(file);
    }
  }

  private Stream<FileRef> files() {
    return retained.get().stream()
        .flatMap(each -> Stream.concat(Stream.of(each.file()), each.manifest().files()));
  }

  private void read(FileRef file) {
    isReading = true;
    io.execute(
        () -> {
          WeirException failure = null;
          try {
            store.copy(file, OutputStream.nullOutputStream());
          } catch (WeirException e) {
            failure = e;
          }
          WeirException found = failure;
          jobThread.execute(() -> wasRead(file, found));
        });
  }

  /** A file that is not retained any more may be gone. */
  private void wasRead(FileRef file, WeirException failure) {
    isReading = false;
    if (failure != null && files().anyMatch(file::equals)) {
      LOG.warn("Job {}: a file of a retained checkpoint cannot be read", job, failure);
      if (failure instanceof RestoreException) {
        damaged.accept(file);
      }
    }
  }
}
