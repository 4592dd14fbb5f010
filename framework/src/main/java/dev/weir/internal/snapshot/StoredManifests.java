package dev.weir.internal.snapshot;

import dev.weir.connector.LedgerEntry;
import dev.weir.connector.SnapshotStore;
import dev.weir.error.RestoreException;
import dev.weir.error.StorageException;
import dev.weir.internal.base.Zlib;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What lies in a store, a job's or a savepoint's, for those who only look. Nobody is fenced, so a
 * running job may change it meanwhile. Blocks; confined to one thread.
 */
public final class StoredManifests {
  private static final Comparator<String> AGE =
      Comparator.comparing((String name) -> folder(name).id())
          .thenComparing(name -> folder(name).attempt());

  private final SnapshotStore objects;
  private final String root;

  /**
   * Looks into an open store.
   *
   * @param root how people call it
   */
  public StoredManifests(SnapshotStore objects, String root) {
    this.objects = objects;
    this.root = root;
  }

  /** The names of all manifests, oldest first. */
  public List<String> names() {
    try {
      return objects.list(Layout.CHECKPOINTS).stream()
          .filter(Layout::isManifest)
          .sorted(AGE)
          .toList();
    } catch (IOException e) {
      throw unreadable(root, e);
    }
  }

  /** The checkpoint that a manifest's name speaks of. */
  public static long checkpointIdOf(String name) {
    return folder(name).id();
  }

  /** The attempt that a manifest's name speaks of. */
  public static long attemptOf(String name) {
    return folder(name).attempt();
  }

  private static Layout.Folder folder(String name) {
    return Layout.folderOf(name).orElseThrow();
  }

  /**
   * Reads a manifest by its own checksum.
   *
   * @throws RestoreException if it is missing or damaged; names it
   */
  public CheckpointManifest read(String name) {
    if (!Layout.isManifest(name)) {
      throw refused(name, "it is not how a manifest is called", null);
    }
    byte[] bytes;
    try (InputStream in = objects.open(name, 0, Long.MAX_VALUE)) {
      bytes = in.readAllBytes();
    } catch (NoSuchFileException e) {
      throw refused(name, "it is missing", e);
    } catch (IOException e) {
      throw unreadable(root + "/" + name, e);
    }
    try {
      return ManifestCodec.decode(Zlib.contentOf(bytes));
    } catch (IOException e) {
      throw refused(name, String.valueOf(e.getMessage()), e);
    }
  }

  /** What the marker of a savepoint says; empty: there is none. */
  public Optional<LedgerEntry> savepoint() {
    return text(SavepointCopy.MARKER).flatMap(LedgerText::entry);
  }

  /** What the ledger says, where it lies beside the checkpoints. */
  public Optional<LedgerEntry> ledger() {
    return text(FileLedger.FILE)
        .or(() -> newestNumbered().flatMap(this::text))
        .flatMap(LedgerText::entry);
  }

  private Optional<String> newestNumbered() {
    try {
      return objects.list(StoreLedger.FOLDER).stream()
          .filter(name -> name.endsWith(Layout.SUFFIX))
          .max(Comparator.naturalOrder());
    } catch (IOException e) {
      throw unreadable(root, e);
    }
  }

  private Optional<LedgerText> text(String name) {
    try (InputStream in = objects.open(name, 0, LedgerText.LONGEST)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Optional.of(LedgerText.parse(text, root + "/" + name));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    } catch (IOException e) {
      throw unreadable(root + "/" + name, e);
    }
  }

  private RestoreException refused(String name, String found, Exception cause) {
    return new RestoreException(
        "Tried to read the manifest "
            + root
            + "/"
            + name
            + ": "
            + found
            + ". Put an undamaged copy of the file back, or name another one.",
        cause);
  }

  private static StorageException unreadable(String path, IOException e) {
    return new StorageException(
        "Tried to read " + path + ": " + e + ". Check the storage and the rights.", e);
  }
}
