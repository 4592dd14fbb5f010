package dev.weir.internal.snapshot;

import dev.weir.connector.SnapshotStore;
import dev.weir.error.RestoreException;
import dev.weir.error.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A checkpoint in a folder of its own: every file is copied into it and names are relative to it,
 * so that it can be moved, and stays whatever becomes of the job. Going on from one is the same
 * copy the other way. Written and read on I/O threads; blocks.
 */
public final class Savepoint {
  /** The manifest; written last, so a folder without it is none. Seals itself with a checksum. */
  private static final String MANIFEST = "savepoint.weir";

  private Savepoint() {}

  /** Writes a checkpoint to an empty store; returns when all of it is durable. */
  public static void write(CheckpointManifest manifest, CheckpointStore from, CheckpointStore to) {
    CheckpointManifest copied = copy(manifest, from, to, manifest.attempt());
    byte[] bytes = ManifestCodec.encode(copied);
    to.write(MANIFEST, out -> out.write(bytes));
  }

  /**
   * Reads which files a savepoint has; they are in the same store.
   *
   * @throws RestoreException if it is no savepoint, not complete, damaged or of a newer format
   */
  public static CheckpointManifest read(SnapshotStore folder, String root) {
    try (InputStream in = folder.open(MANIFEST, 0, Long.MAX_VALUE)) {
      return ManifestCodec.decode(in.readAllBytes());
    } catch (NoSuchFileException e) {
      throw new RestoreException(
          "There is no savepoint in "
              + root
              + ": it has no file "
              + MANIFEST
              + ", which is written last. Name the folder of a complete savepoint.",
          e);
    } catch (IOException e) {
      throw new RestoreException(
          "Tried to read the savepoint "
              + root
              + "/"
              + MANIFEST
              + ": "
              + e.getMessage()
              + ". Put an undamaged copy back, or use the Weir version that wrote it.",
          e);
    }
  }

  /**
   * Copies every file of a checkpoint to another store, each checked on its way.
   *
   * @param attempt whose files they are there
   * @return the same checkpoint with the files' new names
   */
  public static CheckpointManifest copy(
      CheckpointManifest manifest, CheckpointStore from, CheckpointStore to, long attempt) {
    Map<FileRef, FileRef> copies = new HashMap<>();
    UnaryOperator<FileRef> copied =
        file ->
            copies.computeIfAbsent(
                file, absent -> copy(file, "file-" + copies.size(), from, to, attempt));
    Map<String, List<StagePart>> stages = new HashMap<>();
    manifest
        .stages()
        .forEach(
            (stage, parts) ->
                stages.put(stage, parts.stream().map(part -> copy(part, copied)).toList()));
    return new CheckpointManifest(
        manifest.job(),
        manifest.checkpointId(),
        manifest.attempt(),
        manifest.maxParallelism(),
        manifest.lineage(),
        stages,
        manifest.base().map(base -> copy(base, copied)));
  }

  private static StagePart copy(StagePart part, UnaryOperator<FileRef> copied) {
    return new StagePart(part.subtask(), part.inline(), part.files().stream().map(copied).toList());
  }

  private static SharedBase copy(SharedBase base, UnaryOperator<FileRef> copied) {
    List<SharedBase.NamedFile> files = new ArrayList<>();
    for (SharedBase.NamedFile file : base.files()) {
      files.add(new SharedBase.NamedFile(file.name(), copied.apply(file.file())));
    }
    return new SharedBase(base.id(), base.through(), files);
  }

  private static FileRef copy(
      FileRef file, String name, CheckpointStore from, CheckpointStore to, long attempt) {
    Optional<Layout.Folder> folder = Layout.folderOf(file.location());
    if (folder.isEmpty()) {
      throw new StorageException(
          "Tried to copy " + file.location() + ", which is no file of Weir's.", null);
    }
    String location =
        folder.get().isOfBase()
            ? Layout.baseLocation(folder.get().id(), attempt, name)
            : Layout.stateLocation(folder.get().id(), attempt, name);
    return to.write(location, out -> from.copy(file, out));
  }
}
