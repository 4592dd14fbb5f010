package dev.weir.internal.snapshot.warm;

import dev.weir.connector.SnapshotStore;
import dev.weir.connector.SnapshotStoreProvider;
import dev.weir.internal.snapshot.MemorySnapshotStore;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A store in memory that remembers which objects were read, and may be away. Thread-safe. */
public final class CountedStore implements SnapshotStore {
  private static final Map<String, CountedStore> STORES = new ConcurrentHashMap<>();

  private final SnapshotStore store;
  private final List<String> read = new CopyOnWriteArrayList<>();
  private volatile boolean isAway;
  private volatile long bytesPerSecond = Long.MAX_VALUE;

  private CountedStore(String name) {
    this.store = MemorySnapshotStore.named(name);
  }

  /** The one of this name, made if it is not there. */
  public static CountedStore named(String name) {
    return STORES.computeIfAbsent(name, CountedStore::new);
  }

  /** Opens them by URIs, such as {@code counted:x}. */
  public static final class Provider implements SnapshotStoreProvider {
    @Override
    public String scheme() {
      return "counted";
    }

    @Override
    public SnapshotStore open(URI uri) {
      return named(uri.getSchemeSpecificPart());
    }
  }

  /** The objects with state that were read since the last time, once per time. */
  public List<String> takeStateReads() {
    List<String> state =
        read.stream()
            .filter(name -> name.startsWith("checkpoints/") || name.startsWith("bases/"))
            .filter(name -> !name.endsWith("/manifest.weir"))
            .toList();
    read.clear();
    return state;
  }

  /** From now on nothing of its state can be read, or it can. */
  public void setAway(boolean away) {
    isAway = away;
  }

  /** From now on objects are read so fast, each by itself. */
  public void setRate(long rate) {
    bytesPerSecond = rate;
  }

  /** Takes its time for each byte. */
  private static final class Slow extends FilterInputStream {
    private final long bytesPerSecond;

    Slow(InputStream in, long bytesPerSecond) {
      super(in);
      this.bytesPerSecond = bytesPerSecond;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      try {
        new CountDownLatch(1)
            .await(Math.max(0, read) * 1_000L / bytesPerSecond, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        throw new InterruptedIOException("interrupted");
      }
      return read;
    }
  }

  @Override
  public Upload create(String name) throws IOException {
    return store.create(name);
  }

  @Override
  public InputStream open(String name, long offset, long length) throws IOException {
    if (isAway) {
      throw new IOException("The store is away");
    }
    read.add(name);
    return new Slow(store.open(name, offset, length), bytesPerSecond);
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
  public void close() {}
}
