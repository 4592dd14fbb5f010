package dev.weir.internal.snapshot;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A disk in memory that forgets, when it crashes, every byte and every name that was not forced. It
 * can be told to fail at its n-th effect. Names appear at once and are durable with their
 * directory's force only.
 */
public final class LossyDisk implements Disk {
  private final Map<Path, Node> names = new TreeMap<>();
  private final Map<Path, Node> durableNames = new TreeMap<>();
  private final List<String> effects = new ArrayList<>();
  private int failAt = Integer.MAX_VALUE;
  private int failOnceAt = Integer.MAX_VALUE;

  /** A disk on which a few directories are there for ever. */
  public LossyDisk(Path... directories) {
    for (Path directory : directories) {
      for (Path path = directory; path != null; path = path.getParent()) {
        names.put(path, new Node(true));
      }
    }
    durableNames.putAll(names);
  }

  /** Fails the effect with this number, counted from 0, and all after it. */
  public synchronized void failAt(int effect) {
    failAt = effect;
  }

  /** Fails the effect with this number, counted from 0, and no other. */
  public synchronized void failOnce(int effect) {
    failOnceAt = effect;
  }

  /** What was done, in order. */
  public synchronized List<String> effects() {
    return List.copyOf(effects);
  }

  /** Loses power and comes back. */
  public synchronized void crash() {
    failAt = Integer.MAX_VALUE;
    names.clear();
    names.putAll(durableNames);
    names.values().forEach(node -> node.bytes = new ByteArrayOutputStream());
    names.values().forEach(node -> node.bytes.writeBytes(node.durable));
  }

  /**
   * Loses power in the middle of writing: names are kept, and this many bytes that were not forced.
   */
  public synchronized void crashTorn(int bytes) {
    failAt = Integer.MAX_VALUE;
    for (Node node : names.values()) {
      byte[] written = node.bytes.toByteArray();
      int kept = Math.min(written.length, node.durable.length + bytes);
      int begin = Math.min(kept, Arrays.mismatch(written, node.durable) & Integer.MAX_VALUE);
      int overwritten = Math.min(Math.min(kept, node.durable.length), begin + bytes);
      byte[] left = Arrays.copyOf(written, kept);
      if (overwritten < node.durable.length) {
        System.arraycopy(
            node.durable, overwritten, left, overwritten, node.durable.length - overwritten);
      }
      node.bytes = new ByteArrayOutputStream();
      node.bytes.writeBytes(left);
    }
  }

  /** Changes a file's bytes behind everybody's back. */
  public synchronized void tamper(Path file, byte[] bytes) {
    Node node = names.get(file);
    node.bytes = new ByteArrayOutputStream();
    node.bytes.writeBytes(bytes);
  }

  /** A file's bytes. */
  public synchronized byte[] bytes(Path file) {
    return names.get(file).bytes.toByteArray();
  }

  /** Every file there is. */
  public synchronized List<Path> files() {
    return names.keySet().stream().filter(path -> !names.get(path).isDirectory).toList();
  }

  private void effect(String what, Path path) throws IOException {
    if (effects.size() >= failOnceAt) {
      failOnceAt = Integer.MAX_VALUE;
      throw new IOException("injected failure: " + what + " " + path.getFileName());
    }
    if (effects.size() >= failAt) {
      throw new IOException("injected failure: " + what + " " + path.getFileName());
    }
    effects.add(what + " " + path.getFileName());
  }

  @Override
  public Optional<Closeable> tryLock(Path file) {
    return Optional.of(() -> {});
  }

  @Override
  public synchronized void createDirectory(Path directory) throws IOException {
    effect("mkdir", directory);
    requireDirectory(directory.getParent());
    names.putIfAbsent(directory, new Node(true));
  }

  private void requireDirectory(Path directory) throws IOException {
    if (!names.containsKey(directory) || !names.get(directory).isDirectory) {
      throw new NoSuchFileException(String.valueOf(directory));
    }
  }

  @Override
  public synchronized WritableFile create(Path file) throws IOException {
    effect("create", file);
    requireDirectory(file.getParent());
    if (names.containsKey(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    Node node = new Node(false);
    names.put(file, node);
    return new OpenFile(file, node);
  }

  @Override
  public synchronized WritableFile reopen(Path file) throws IOException {
    return new OpenFile(file, file(file));
  }

  @Override
  public synchronized InputStream open(Path file) throws IOException {
    return new ByteArrayInputStream(file(file).bytes.toByteArray());
  }

  @Override
  public synchronized long length(Path file) throws IOException {
    return file(file).bytes.size();
  }

  private Node file(Path file) throws IOException {
    Node node = names.get(file);
    if (node == null || node.isDirectory) {
      throw new NoSuchFileException(file.toString());
    }
    return node;
  }

  @Override
  public synchronized boolean exists(Path path) {
    return names.containsKey(path);
  }

  @Override
  public synchronized void rename(Path from, Path to) throws IOException {
    effect("rename", from);
    names.put(to, file(from));
    names.remove(from);
  }

  @Override
  public synchronized boolean renameIfAbsent(Path from, Path to) throws IOException {
    return Disk.super.renameIfAbsent(from, to);
  }

  @Override
  public synchronized void delete(Path path) throws IOException {
    if (!names.containsKey(path)) {
      return;
    }
    effect("delete", path);
    if (!list(path).isEmpty()) {
      throw new DirectoryNotEmptyException(path.toString());
    }
    names.remove(path);
  }

  @Override
  public synchronized void forceDirectory(Path directory) throws IOException {
    effect("force-directory", directory);
    requireDirectory(directory);
    durableNames.keySet().removeIf(path -> directory.equals(path.getParent()));
    names.forEach(
        (path, node) -> {
          if (directory.equals(path.getParent())) {
            durableNames.put(path, node);
          }
        });
  }

  @Override
  public synchronized List<Entry> list(Path directory) {
    Map<String, Entry> entries = new TreeMap<>();
    names.forEach(
        (path, node) -> {
          if (directory.equals(path.getParent())) {
            String name = path.getFileName().toString();
            entries.put(name, new Entry(name, node.isDirectory));
          }
        });
    return List.copyOf(entries.values());
  }

  /** Opens everything that is durable as a map of names to bytes, for comparing. */
  public synchronized Map<Path, byte[]> durableFiles() {
    Map<Path, byte[]> files = new HashMap<>();
    durableNames.forEach(
        (path, node) -> {
          if (!node.isDirectory) {
            files.put(path, node.durable);
          }
        });
    return files;
  }

  private static final class Node {
    private final boolean isDirectory;
    private ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private byte[] durable = new byte[0];

    Node(boolean isDirectory) {
      this.isDirectory = isDirectory;
    }
  }

  private final class OpenFile implements WritableFile {
    private final Path path;
    private final Node node;

    OpenFile(Path path, Node node) {
      this.path = path;
      this.node = node;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      synchronized (LossyDisk.this) {
        effect("write", path);
        node.bytes.write(bytes, offset, length);
      }
    }

    @Override
    public void overwrite(long position, byte[] bytes) throws IOException {
      synchronized (LossyDisk.this) {
        effect("overwrite", path);
        byte[] all = node.bytes.toByteArray();
        System.arraycopy(bytes, 0, all, (int) position, bytes.length);
        node.bytes = new ByteArrayOutputStream();
        node.bytes.writeBytes(all);
      }
    }

    @Override
    public void force() throws IOException {
      synchronized (LossyDisk.this) {
        effect("force", path);
        node.durable = node.bytes.toByteArray();
      }
    }

    @Override
    public void close() {}
  }
}
