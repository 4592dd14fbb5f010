package dev.weir.internal.snapshot.warm;

import dev.weir.connector.SnapshotStore;
import dev.weir.internal.snapshot.FileRef;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store of which some parts are there as copies: what is, is read from them while an attempt
 * restores, and after that from the store again, so that scrubbing sees the store. Thread-safe.
 */
public final class WarmedStore implements SnapshotStore {
  private static final Logger LOG = LoggerFactory.getLogger(WarmedStore.class);

  private final SnapshotStore store;
  private final WarmFiles files;
  private volatile Map<Part, FileRef> warm;

  private WarmedStore(SnapshotStore store, WarmFiles files, Map<Part, FileRef> warm) {
    this.store = store;
    this.files = files;
    this.warm = warm;
  }

  /** A part of an object. */
  private record Part(String object, long offset, long bytes) {
    static Part of(FileRef file) {
      return new Part(file.location(), file.offset(), file.bytes());
    }
  }

  /** The store over the copies that are there now; owns the store. Blocks. */
  public static WarmedStore over(SnapshotStore store, WarmFiles files) {
    Map<Part, FileRef> warm = Map.of();
    try {
      warm =
          files.all().stream()
              .collect(Collectors.toMap(Part::of, Function.identity(), (one, same) -> one));
    } catch (IOException e) {
      LOG.warn("Copies of checkpoint files cannot be listed; the store is read instead", e);
    }
    return new WarmedStore(store, files, warm);
  }

  /** From now on everything is read from the store. */
  public void forgetCopies() {
    warm = Map.of();
  }

  @Override
  public InputStream open(String name, long offset, long length) throws IOException {
    Optional<InputStream> copy = copyOf(new Part(name, offset, length));
    return copy.isPresent() ? copy.get() : store.open(name, offset, length);
  }

  private Optional<InputStream> copyOf(Part part) {
    FileRef file = warm.get(part);
    if (file == null) {
      return Optional.empty();
    }
    try {
      return files.open(file);
    } catch (IOException e) {
      LOG.warn("The copy of {} cannot be read; the store is read instead", file.location(), e);
      return Optional.empty();
    }
  }

  @Override
  public Upload create(String name) throws IOException {
    return store.create(name);
  }

  @Override
  public List<String> list(String folder) throws IOException {
    return store.list(folder);
  }

  @Override
  public void delete(String name) throws IOException {
    store.delete(name);
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}
