package dev.weir.internal.snapshot;

import dev.weir.connector.SnapshotStore;
import dev.weir.connector.SnapshotStoreProvider;
import dev.weir.error.InvalidConfigException;
import dev.weir.error.StorageException;
import dev.weir.internal.base.CrashPoint;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeSet;

/**
 * Finds the store that {@code checkpoint.storage} means: {@code file:}, {@code memory:}, or one of
 * a {@link SnapshotStoreProvider}. Stateless.
 */
public final class SnapshotStores {
  private static final String FILE = "file";
  private static final String MEMORY = "memory";

  private SnapshotStores() {}

  /** The folder, if the URI means one. */
  public static Optional<Path> folderOf(URI uri) {
    if (!FILE.equals(schemeOf(uri))) {
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of(uri).toAbsolutePath().normalize());
    } catch (IllegalArgumentException e) {
      throw unknown(uri, "it is not the URI of a local folder: " + e.getMessage());
    }
  }

  /** Whether the URI means memory of this process. */
  public static boolean isInMemory(URI uri) {
    return MEMORY.equals(schemeOf(uri));
  }

  /**
   * Checks that a URI means a store, without touching it.
   *
   * @throws InvalidConfigException if there is no such kind of store; names those there are
   */
  public static void check(URI uri) {
    if (folderOf(uri).isEmpty() && !isInMemory(uri)) {
      provider(uri);
    } else if (isInMemory(uri) && uri.getSchemeSpecificPart().isBlank()) {
      throw unknown(uri, "a store in memory needs a name, such as memory:clickcount");
    }
  }

  /** Opens the store; blocks. */
  public static SnapshotStore open(URI uri, Disk disk, CrashPoint.Hook crashes) {
    Optional<Path> folder = folderOf(uri);
    if (folder.isPresent()) {
      return new FileSnapshotStore(folder.get(), disk, crashes);
    }
    if (isInMemory(uri)) {
      return MemorySnapshotStore.named(uri.getSchemeSpecificPart());
    }
    try {
      return provider(uri).open(uri);
    } catch (IOException e) {
      throw new StorageException(
          "Tried to open the checkpoint storage " + uri + ": " + e + ". Check that it is there.",
          e);
    }
  }

  private static SnapshotStoreProvider provider(URI uri) {
    TreeSet<String> known = new TreeSet<>();
    known.add(FILE);
    known.add(MEMORY);
    for (SnapshotStoreProvider provider : ServiceLoader.load(SnapshotStoreProvider.class)) {
      if (provider.scheme().equals(schemeOf(uri))) {
        return provider;
      }
      known.add(provider.scheme());
    }
    throw unknown(uri, "there are stores for " + known + " only");
  }

  private static String schemeOf(URI uri) {
    return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
  }

  private static InvalidConfigException unknown(URI uri, String why) {
    return new InvalidConfigException(
        "Setting checkpoint.storage is "
            + uri
            + ": "
            + why
            + ". Write file:/a/folder, memory:a-name, or put the provider of that store on the"
            + " class path.");
  }
}
