package dev.weir.internal.snapshot;

import dev.weir.connector.LedgerEntry;
import dev.weir.connector.SnapshotStore;
import dev.weir.error.InvalidConfigException;
import dev.weir.error.RestoreException;
import dev.weir.error.StorageException;
import dev.weir.internal.base.Checks;
import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.base.Zlib;
import dev.weir.job.SnapshotCompression;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of one job in a snapshot store: files with length and checksum, and manifests
 * that name them. All methods block and may be called from several I/O threads at once. A failure
 * is a {@link StorageException} that names the file.
 */
public final class CheckpointStore {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointStore.class);
  private static final String PROBES = "weir-probe";
  private static final String PROBE = PROBES + "/probe";

  private final SnapshotStore objects;
  private final String root;
  private final CrashPoint.Hook crashes;
  private final Writing writing;
  private final VerifiedReads reads;
  private final Sweep sweep;
  private volatile String job = "";

  /**
   * The checkpoints in a store.
   *
   * @param root how people call the store
   */
  public CheckpointStore(SnapshotStore objects, String root, CrashPoint.Hook crashes) {
    this(objects, root, crashes, Writing.ONCE);
  }

  /**
   * The checkpoints in a store.
   *
   * @param root how people call the store
   * @param writing how files are written
   */
  public CheckpointStore(
      SnapshotStore objects, String root, CrashPoint.Hook crashes, Writing writing) {
    this.writing = writing;
    this.objects = objects;
    this.root = root;
    this.crashes = crashes;
    this.reads = new VerifiedReads(objects, root);
    this.sweep = new Sweep(objects, crashes);
  }

  /**
   * Makes the store ready for this job, and checks that it can be written and is no other job's.
   *
   * @throws InvalidConfigException if it cannot be written or holds another job
   */
  public void open(String jobName) {
    try {
      new OwnerMarker(objects, root).claim(jobName);
      probe();
      job = jobName;
    } catch (IOException e) {
      throw new InvalidConfigException(
          "Job '"
              + jobName
              + "' cannot write to its checkpoint storage "
              + root
              + ": "
              + e
              + ". Make it writable, or choose another one.",
          e);
    }
  }

  /** A folder may be there, be ours, and still be mounted for reading only. */
  private void probe() throws IOException {
    try (SnapshotStore.Upload probe = objects.create(PROBE)) {
      probe.write(new byte[] {1}, 0, 1);
      probe.complete();
    } catch (FileAlreadyExistsException | NoSuchFileException probedMeanwhile) {
      // By an instance that starts in the same moment, or that died while it did.
    }
    for (String name : objects.list(PROBES)) { // Also what the dead have left of theirs.
      objects.delete(name);
    }
  }

  /** How people call the store. */
  public String root() {
    return root;
  }

  /** The greatest checkpoint id of which a manifest is there, completed or not; empty: none. */
  public OptionalLong newestManifest() {
    try {
      return objects.list(Layout.CHECKPOINTS).stream()
          .filter(Layout::isManifest)
          .flatMap(name -> Layout.folderOf(name).stream())
          .mapToLong(Layout.Folder::id)
          .max();
    } catch (IOException e) {
      throw failed("look for checkpoints in " + root, e);
    }
  }

  /** Gathers what this many tasks write for one checkpoint. */
  public StatePack pack(long checkpointId, long attempt, int tasks) {
    return new StatePack(this, checkpointId, attempt, tasks);
  }

  /** Writes a file of a base and returns when it is durable. */
  public FileRef writeBaseFile(long base, long attempt, String name, FileContent content) {
    FileRef written = write(Layout.baseLocation(base, attempt, name), content);
    crashes.reached(CrashPoint.BASE_FILE_WRITTEN, base);
    return written;
  }

  /** Writes a new object and returns when it is durable. */
  FileRef write(String location, FileContent content) {
    return retried(
        location,
        () -> {
          try (ChecksummedOutput out = create(location)) {
            DataOutputStream data = new DataOutputStream(out);
            content.writeTo(data);
            data.flush();
            out.complete();
            return new FileRef(location, 0, out.length(), out.crc32c());
          }
        });
  }

  /**
   * Writes, and tries again what fails: a checkpoint whose barrier has passed is not given up
   * lightly. What a failed try has left is removed first; whether it is durable nobody knows.
   */
  <R> R retried(String location, Write<R> write) {
    for (int left = writing.retries(); ; left--) {
      try {
        return write.run();
      } catch (IOException e) {
        if (left == 0 || e instanceof FileAlreadyExistsException) {
          throw failedToWrite(location, e);
        }
        LOG.warn("Writing {}/{} is tried again, {} times at the most: {}", root, location, left, e);
        remove(location, e);
      }
    }
  }

  /** What becomes of a file's content when it is written as the job wants it. */
  FileContent packed(FileContent content) {
    return switch (writing.compression()) {
      case NONE -> content;
      case ZLIB -> out -> Zlib.write(out, content::writeTo);
    };
  }

  private void remove(String location, IOException before) {
    try {
      objects.delete(location);
    } catch (IOException e) {
      e.addSuppressed(before);
      throw failedToWrite(location, e);
    }
  }

  ChecksummedOutput create(String location) throws IOException {
    return new ChecksummedOutput(objects.create(location));
  }

  StorageException failedToWrite(String location, IOException e) {
    return failed("write " + root + "/" + location, e);
  }

  void reached(CrashPoint point, long checkpointId) {
    crashes.reached(point, checkpointId);
  }

  /**
   * Reads a file, packed or not, and checks length and checksum of all its bytes.
   *
   * @throws RestoreException if it is missing or damaged; names it
   */
  public void read(FileRef file, FileReader reader) {
    reads.read(file, reader);
  }

  /**
   * Copies a file as it was written, in one go. What was copied is good only if this returns.
   *
   * @throws RestoreException if the file is missing or damaged; names it
   */
  public void copy(FileRef file, OutputStream out) {
    reads.copy(file, out);
  }

  /** Writes the manifest and returns when it is durable. */
  public FileRef writeManifest(CheckpointManifest manifest) {
    byte[] bytes = ManifestCodec.encode(manifest);
    return write(
        Layout.manifestLocation(manifest.checkpointId(), manifest.attempt()),
        packed(out -> out.write(bytes)));
  }

  /**
   * Reads the manifest that a ledger entry names.
   *
   * @throws RestoreException if it is missing, damaged, another job's or of a newer format
   */
  public CheckpointManifest readManifest(LedgerEntry entry) {
    CheckpointManifest manifest = readManifest(fileOf(entry));
    if (!manifest.job().equals(job)
        || manifest.checkpointId() != entry.checkpointId()
        || manifest.attempt() != entry.attempt()) {
      throw new RestoreException(
          "The ledger of job '"
              + job
              + "' names checkpoint "
              + entry.checkpointId()
              + " of attempt "
              + entry.attempt()
              + ", but "
              + root
              + "/"
              + entry.manifest()
              + " is checkpoint "
              + manifest.checkpointId()
              + " of attempt "
              + manifest.attempt()
              + " of job '"
              + manifest.job()
              + "'. Put the right file back.");
    }
    return manifest;
  }

  /** Reads a manifest, whosever it is. */
  public CheckpointManifest readManifest(FileRef file) {
    AtomicReference<CheckpointManifest> read = new AtomicReference<>();
    reads.read(file, in -> read.set(ManifestCodec.decode(in.readAllBytes())));
    return read.get();
  }

  /** The manifest's file as the ledger names it. */
  public static FileRef fileOf(LedgerEntry entry) {
    return new FileRef(entry.manifest(), 0, entry.manifestBytes(), entry.manifestCrc32c());
  }

  /**
   * Removes every object of Weir's that none of these manifests names and that was written by this
   * attempt or an earlier one. Safe to repeat.
   *
   * @param retained the manifests to keep, with their own references
   * @param attempt the current attempt
   */
  public void retainOnly(Collection<RetainedManifest> retained, long attempt) {
    Checks.argument(!retained.isEmpty(), "Refused to remove every checkpoint of job %s", job);
    try {
      sweep.retainOnly(retained, attempt);
    } catch (IOException e) {
      throw failed("remove old checkpoints from " + root, e);
    }
  }

  /**
   * Removes every object of Weir's that an earlier attempt wrote, for a job whose ledger has
   * forgotten its checkpoints. Safe to repeat.
   *
   * @param attempt the current attempt, which has written nothing
   */
  public void removeAll(long attempt) {
    try {
      sweep.retainOnly(List.of(), attempt);
    } catch (IOException e) {
      throw failed("remove all checkpoints from " + root, e);
    }
  }

  private static StorageException failed(String what, IOException e) {
    return new StorageException(
        "Tried to " + what + ": " + e + ". Check the disk, its free space and the rights.", e);
  }

  /**
   * A manifest to keep.
   *
   * @param file the manifest's own file
   * @param manifest what it names
   */
  public record RetainedManifest(FileRef file, CheckpointManifest manifest) {}

  /**
   * How files are written.
   *
   * @param retries how often a failed write is tried again, at once
   * @param compression how state and manifests are packed; what RocksDB has written stays as it is
   */
  public record Writing(int retries, SnapshotCompression compression) {
    private static final Writing ONCE = new Writing(0, SnapshotCompression.NONE);
  }

  /** Writes a file's bytes. */
  @FunctionalInterface
  public interface FileContent {
    /** Writes everything to the stream, the same each time; need not flush or close it. */
    void writeTo(DataOutputStream out) throws IOException;
  }

  /** Writes one object. */
  @FunctionalInterface
  interface Write<R> {
    /** Writes it from its beginning. */
    R run() throws IOException;
  }

  /** Reads a file's bytes. */
  @FunctionalInterface
  public interface FileReader {
    /** Reads from the stream, to its end. */
    void readFrom(DataInputStream in) throws IOException;
  }
}
