package dev.weir.internal.snapshot.warm;

import dev.weir.internal.snapshot.Disk;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A disk that never waits for durability: a copy that a power failure has damaged is noticed by its
 * checksum and fetched again, and the disk has the owner's checkpoints to force.
 *
 * @param disk does the rest
 */
record UnforcedDisk(Disk disk) implements Disk {
  @Override
  public WritableFile create(Path file) throws IOException {
    return new UnforcedFile(disk.create(file));
  }

  @Override
  public WritableFile reopen(Path file) throws IOException {
    return new UnforcedFile(disk.reopen(file));
  }

  @Override
  public void forceDirectory(Path directory) {}

  @Override
  public void createDirectory(Path directory) throws IOException {
    disk.createDirectory(directory);
  }

  @Override
  public InputStream open(Path file) throws IOException {
    return disk.open(file);
  }

  @Override
  public long length(Path file) throws IOException {
    return disk.length(file);
  }

  @Override
  public boolean exists(Path path) throws IOException {
    return disk.exists(path);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    disk.rename(from, to);
  }

  @Override
  public boolean renameIfAbsent(Path from, Path to) throws IOException {
    return disk.renameIfAbsent(from, to);
  }

  @Override
  public void delete(Path path) throws IOException {
    disk.delete(path);
  }

  @Override
  public List<Entry> list(Path directory) throws IOException {
    return disk.list(directory);
  }

  @Override
  public Optional<Closeable> tryLock(Path file) throws IOException {
    return disk.tryLock(file);
  }

  /** A file that is only written. */
  private record UnforcedFile(WritableFile file) implements WritableFile {
    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      file.write(bytes, offset, length);
    }

    @Override
    public void overwrite(long position, byte[] bytes) throws IOException {
      file.overwrite(position, bytes);
    }

    @Override
    public void force() {}

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
