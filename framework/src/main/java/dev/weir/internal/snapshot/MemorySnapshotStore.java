package dev.weir.internal.snapshot;

import dev.weir.connector.SnapshotStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Keeps objects in memory, by the name of the store, until the JVM ends: for tests, and for jobs
 * whose state may go with the process. Thread-safe.
 */
public final class MemorySnapshotStore implements SnapshotStore {
  private static final ConcurrentHashMap<String, ConcurrentNavigableMap<String, byte[]>> STORES =
      new ConcurrentHashMap<>();

  private final ConcurrentNavigableMap<String, byte[]> objects;

  private MemorySnapshotStore(ConcurrentNavigableMap<String, byte[]> objects) {
    this.objects = objects;
  }

  /** The store of this name, made if it is not there; a restarted job finds its own again. */
  public static MemorySnapshotStore named(String name) {
    return new MemorySnapshotStore(
        STORES.computeIfAbsent(name, absent -> new ConcurrentSkipListMap<>()));
  }

  @Override
  public Upload create(String name) throws FileAlreadyExistsException {
    if (objects.containsKey(name)) {
      throw new FileAlreadyExistsException(name);
    }
    return new MemoryUpload(name);
  }

  @Override
  public InputStream open(String name, long offset, long length) throws NoSuchFileException {
    byte[] bytes = objects.get(name);
    if (bytes == null) {
      throw new NoSuchFileException(name);
    }
    int begin = (int) Math.min(offset, bytes.length);
    return new ByteArrayInputStream(bytes, begin, (int) Math.min(length, bytes.length - begin));
  }

  @Override
  public List<String> list(String folder) {
    return objects.keySet().stream()
        .filter(name -> folder.isEmpty() || name.startsWith(folder + "/"))
        .toList();
  }

  @Override
  public void delete(String name) {
    objects.remove(name);
  }

  @Override
  public void close() {}

  /** Bytes that become an object. */
  private final class MemoryUpload implements Upload {
    private final String name;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    MemoryUpload(String name) {
      this.name = name;
    }

    @Override
    public void write(byte[] from, int offset, int length) {
      bytes.write(from, offset, length);
    }

    @Override
    public void complete() throws FileAlreadyExistsException {
      if (objects.putIfAbsent(name, bytes.toByteArray()) != null) {
        throw new FileAlreadyExistsException(name);
      }
    }

    @Override
    public void close() {}
  }
}
