package dev.weir.internal.snapshot;

import dev.weir.connector.LedgerEntry;
import dev.weir.error.InvalidConfigException;
import dev.weir.error.RestoreException;
import dev.weir.error.StorageException;
import dev.weir.internal.base.Checks;
import dev.weir.internal.base.CrashPoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;

/** Keeps checkpoints in a folder of a file system. Thread-safe; every method blocks. */
public final class FileSnapshotStore implements SnapshotStore {
  private final Disk disk;
  private final Layout layout;
  private final CrashPoint.Hook crashes;
  private final DurableWrites writes;
  private final VerifiedReads reads;
  private final Sweep sweep;
  private volatile String job = "";

  /** A store in a folder that is made by {@link #open} if it is not there. */
  public FileSnapshotStore(Path root, Disk disk, CrashPoint.Hook crashes) {
    this.disk = disk;
    this.crashes = crashes;
    this.layout = new Layout(root.toAbsolutePath().normalize());
    this.writes = new DurableWrites(disk, layout, crashes);
    this.reads = new VerifiedReads(disk, layout);
    this.sweep = new Sweep(disk, layout, crashes);
  }

  @Override
  public void open(String jobName) {
    try {
      createDirectory(layout.root());
      new OwnerMarker(disk, layout).claim(jobName);
      createDirectory(layout.checkpoints());
      probe();
      job = jobName;
    } catch (IOException e) {
      throw new InvalidConfigException(
          "Job '"
              + jobName
              + "' cannot write to its checkpoint folder "
              + layout.root()
              + ": "
              + e
              + ". Make the folder writable, or choose another one.",
          e);
    }
  }

  private void createDirectory(Path directory) throws IOException {
    if (disk.exists(directory)) {
      return;
    }
    Path parent = directory.getParent();
    if (parent == null) {
      return;
    }
    createDirectory(parent);
    disk.createDirectory(directory);
    disk.forceDirectory(parent);
  }

  /** A folder may be there, be ours, and still be mounted for reading only. */
  private void probe() throws IOException {
    Temporary probe = Temporary.beside(layout.root().resolve("weir-probe"), disk);
    try (Disk.WritableFile file = probe.file()) {
      file.write(new byte[] {1}, 0, 1);
    }
    disk.delete(probe.path());
  }

  @Override
  public OptionalLong newestManifest() {
    try {
      OptionalLong newest = OptionalLong.empty();
      for (Layout.CheckpointDirectory directory : sweep.directories()) {
        if (disk.exists(layout.checkpoints().resolve(directory.name()).resolve(Layout.MANIFEST))) {
          newest =
              OptionalLong.of(directory.checkpointId()); // They come in the order of their ids.
        }
      }
      return newest;
    } catch (IOException e) {
      throw new StorageException(
          "Tried to look for checkpoints in "
              + layout.checkpoints()
              + ": "
              + e
              + ". Check the disk.",
          e);
    }
  }

  @Override
  public FileRef write(long checkpointId, long attempt, String name, FileContent content) {
    FileRef written =
        writes.write(
            new DurableWrites.Target(
                checkpointId,
                Layout.directoryOf(checkpointId, attempt),
                Layout.location(checkpointId, attempt, name),
                CrashPoint.STATE_FILE_FORCED),
            content);
    crashes.reached(CrashPoint.STATE_FILE_WRITTEN, checkpointId);
    return written;
  }

  @Override
  public void read(FileRef file, FileReader reader) {
    reads.read(file, reader);
  }

  @Override
  public FileRef writeManifest(CheckpointManifest manifest) {
    long id = manifest.checkpointId();
    byte[] bytes = ManifestCodec.encode(manifest);
    return writes.write(
        new DurableWrites.Target(
            id,
            Layout.directoryOf(id, manifest.attempt()),
            Layout.manifestLocation(id, manifest.attempt()),
            CrashPoint.MANIFEST_FORCED),
        out -> out.write(bytes));
  }

  @Override
  public CheckpointManifest readManifest(LedgerEntry entry) {
    FileRef file = new FileRef(entry.manifest(), entry.manifestBytes(), entry.manifestCrc32c());
    AtomicReference<CheckpointManifest> read = new AtomicReference<>();
    reads.read(file, in -> read.set(ManifestCodec.decode(in.readAllBytes())));
    CheckpointManifest manifest = read.get();
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
              + layout.root()
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

  @Override
  public void retainOnly(Collection<RetainedManifest> retained, long attempt) {
    Checks.argument(!retained.isEmpty(), "Refused to remove every checkpoint of job %s", job);
    try {
      sweep.retainOnly(retained, attempt);
    } catch (IOException e) {
      throw new StorageException(
          "Tried to remove old checkpoints from "
              + layout.checkpoints()
              + ": "
              + e
              + ". Check the disk and the rights.",
          e);
    }
  }
}
