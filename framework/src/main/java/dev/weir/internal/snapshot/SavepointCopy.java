package dev.weir.internal.snapshot;

import dev.weir.connector.LedgerEntry;
import dev.weir.connector.SnapshotStore;
import dev.weir.error.InvalidConfigException;
import dev.weir.error.RestoreException;
import dev.weir.error.StorageException;
import dev.weir.internal.base.CrashPoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Copies a completed checkpoint out of a job's store as a savepoint, or a savepoint into a job's
 * store. A savepoint is there once its marker is, which is written last:
 *
 * <pre>
 *   weir-savepoint                       names the manifest, with length and checksum
 *   checkpoints/&lt;checkpoint&gt;-&lt;attempt&gt;/...  and bases/...  as in a job's store
 * </pre>
 *
 * <p>Every file is checked where it arrives. Blocks; confined to one I/O thread.
 */
public final class SavepointCopy {
  /** What names a savepoint, once it is there. */
  public static final String MARKER = "weir-savepoint";

  private static final int BUFFER = 1 << 16;

  private final SnapshotStore from;
  private final SnapshotStore to;
  private final String toName;
  private final CheckpointStore target;
  private final CrashPoint.Hook crashes;

  /**
   * A copy between two open stores.
   *
   * @param toName how people call the second one
   * @param crashes told of each effect
   */
  public SavepointCopy(
      SnapshotStore from, SnapshotStore to, String toName, CrashPoint.Hook crashes) {
    this.crashes = crashes;
    this.from = from;
    this.to = to;
    this.toName = toName;
    this.target = new CheckpointStore(to, toName, CrashPoint.Hook.NONE);
  }

  /**
   * What the marker of a savepoint says.
   *
   * @throws RestoreException if there is no savepoint, or its marker is damaged
   */
  public static LedgerEntry read(SnapshotStore savepoint, String name) {
    try (InputStream in = savepoint.open(MARKER, 0, LedgerText.LONGEST)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return LedgerText.parse(text, name + "/" + MARKER).entry().orElseThrow();
    } catch (IOException e) {
      throw new RestoreException(
          "Tried to read a savepoint from "
              + name
              + ", found no "
              + MARKER
              + " that can be read: "
              + e
              + ". Name the place of a whole savepoint; of a group's, as <place>#<job>.",
          e);
    }
  }

  /**
   * Copies out.
   *
   * @throws InvalidConfigException if there is a savepoint already
   * @throws StorageException if something cannot be read or written; what is there is none then
   */
  public void exportAll(CheckpointManifest manifest, long nowMillis) {
    refuseAnother();
    byte[] marker = markerOf(exportFiles(manifest, nowMillis));
    target.write(MARKER, out -> out.write(marker));
    crashes.reached(CrashPoint.SAVEPOINT_MARKED, manifest.checkpointId());
  }

  /** A marker's bytes. */
  public static byte[] markerOf(LedgerEntry entry) {
    return new LedgerText(entry.attempt(), Optional.of(entry))
        .format()
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Copies everything out but the marker, so that there is no savepoint yet.
   *
   * @return what the marker is to name
   * @throws StorageException if something cannot be read or written
   */
  public LedgerEntry exportFiles(CheckpointManifest manifest, long nowMillis) {
    crashes.reached(CrashPoint.SAVEPOINT_BEGUN, manifest.checkpointId());
    Map<String, String> same = new LinkedHashMap<>();
    manifest.files().forEach(each -> same.put(each.location(), each.location()));
    copy(same, manifest);
    crashes.reached(CrashPoint.SAVEPOINT_FILES_COPIED, manifest.checkpointId());
    FileRef file = target.writeManifest(manifest);
    crashes.reached(CrashPoint.SAVEPOINT_MANIFEST_WRITTEN, manifest.checkpointId());
    return new LedgerEntry(
        manifest.checkpointId(),
        manifest.attempt(),
        file.location(),
        file.bytes(),
        file.crc32c(),
        nowMillis);
  }

  /**
   * Copies in, as a checkpoint of this attempt: names of files are the attempt's own, so that they
   * meet no other file's.
   *
   * @return the entry with which the ledger would name it
   */
  public LedgerEntry importAll(CheckpointManifest manifest, String job, long attempt) {
    Map<String, String> renamed = new LinkedHashMap<>();
    manifest.files().forEach(f -> renamed.put(f.location(), renamed(f.location(), attempt)));
    CheckpointManifest own =
        new CheckpointManifest(
            job,
            manifest.checkpointId(),
            attempt,
            manifest.maxParallelism(),
            manifest.lineage(),
            stages(manifest, renamed),
            manifest
                .base()
                .map(
                    base ->
                        new SharedBase(
                            base.id(),
                            base.through(),
                            base.files().stream()
                                .map(
                                    named ->
                                        new SharedBase.NamedFile(
                                            named.name(), at(named.file(), renamed)))
                                .toList())));
    copy(renamed, own);
    FileRef file = target.writeManifest(own);
    crashes.reached(CrashPoint.SAVEPOINT_FETCHED, manifest.checkpointId());
    return new LedgerEntry(
        own.checkpointId(), attempt, file.location(), file.bytes(), file.crc32c(), 0);
  }

  private static Map<String, List<StagePart>> stages(
      CheckpointManifest manifest, Map<String, String> renamed) {
    Map<String, List<StagePart>> stages = new LinkedHashMap<>();
    manifest
        .stages()
        .forEach(
            (stage, parts) ->
                stages.put(
                    stage,
                    parts.stream()
                        .map(
                            part ->
                                new StagePart(
                                    part.subtask(),
                                    part.inline(),
                                    part.files().stream().map(f -> at(f, renamed)).toList()))
                        .toList()));
    return stages;
  }

  private static FileRef at(FileRef file, Map<String, String> renamed) {
    return new FileRef(renamed.get(file.location()), file.offset(), file.bytes(), file.crc32c());
  }

  private static String renamed(String location, long attempt) {
    Layout.Folder folder = Layout.folderOf(location).orElseThrow();
    String name = location.substring(location.lastIndexOf('/') + 1);
    String parent = folder.isOfBase() ? Layout.BASES : Layout.CHECKPOINTS;
    return parent + "/" + folder.id() + "-" + attempt + "/" + name;
  }

  /** Copies every object once and checks every file. */
  private void copy(Map<String, String> objects, CheckpointManifest copied) {
    objects.forEach(this::copyObject);
    copied.files().forEach(file -> target.copy(file, OutputStream.nullOutputStream()));
  }

  private void copyObject(String begin, String end) {
    try (InputStream in = from.open(begin, 0, Long.MAX_VALUE);
        SnapshotStore.Upload upload = to.create(end)) {
      byte[] buffer = new byte[BUFFER];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        upload.write(buffer, 0, count);
      }
      upload.complete();
    } catch (FileAlreadyExistsException left) {
      // A copy that died before its end has left it; it is checked like the others.
    } catch (IOException e) {
      throw new StorageException(
          "Tried to copy "
              + begin
              + " to "
              + toName
              + ": "
              + e
              + ". Check both stores, free space and the rights.",
          e);
    }
  }

  private void refuseAnother() {
    try {
      if (to.list("").contains(MARKER)) {
        throw new InvalidConfigException(
            "Tried to write a savepoint to "
                + toName
                + ", but there is one already. Name an empty place; savepoints are never replaced.");
      }
    } catch (IOException e) {
      throw new StorageException(
          "Tried to look into " + toName + ": " + e + ". Check the store and the rights.", e);
    }
  }
}
