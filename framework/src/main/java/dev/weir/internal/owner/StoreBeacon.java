package dev.weir.internal.owner;

import dev.weir.connector.OwnerBeacon;
import dev.weir.connector.SnapshotStore;
import dev.weir.error.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The beacon of a job whose ledger is in a store of objects that never change: a row of numbered
 * ones, of which the greatest is what is shown; older ones are removed. One I/O thread at a time.
 */
public final class StoreBeacon implements OwnerBeacon {
  private static final String FOLDER = "owner";
  private static final String SUFFIX = ".weir";
  private static final String NAME = FOLDER + "/%018d" + SUFFIX;
  private static final int LONGEST = 1_000;
  private static final int RACES = 10;

  private final SnapshotStore store;
  private final String root;
  private final String job;
  private final Duration pause;

  /**
   * Beside a job's checkpoints; owns the store.
   *
   * @param root how people call the store
   * @param pause between signs, since each is some requests
   */
  public StoreBeacon(SnapshotStore store, String root, String job, Duration pause) {
    this.store = store;
    this.root = root;
    this.job = job;
    this.pause = pause;
  }

  @Override
  public Duration pause() {
    return pause;
  }

  @Override
  public Optional<String> read() {
    try {
      for (int race = 0; race < RACES; race++) {
        List<String> signs = signs();
        if (signs.isEmpty()) {
          return Optional.empty();
        }
        Optional<String> newest = textOf(signs.get(signs.size() - 1));
        if (newest.isPresent()) {
          return newest;
        }
      }
      throw new IOException("each sign was gone when it was to be read");
    } catch (IOException e) {
      throw failed("read", e);
    }
  }

  /** Empty if a newer one has taken its place meanwhile. */
  private Optional<String> textOf(String name) throws IOException {
    try (InputStream in = store.open(name, 0, LONGEST)) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.US_ASCII));
    } catch (NoSuchFileException replaced) {
      return Optional.empty();
    }
  }

  @Override
  public void show(String sign) {
    try {
      List<String> before = signs();
      long next = before.isEmpty() ? 0 : numberOf(before.get(before.size() - 1)) + 1;
      create(next, sign.getBytes(StandardCharsets.US_ASCII));
      for (String old : before) {
        store.delete(old);
      }
    } catch (IOException e) {
      throw failed("show", e);
    }
  }

  private void create(long number, byte[] sign) throws IOException {
    try (SnapshotStore.Upload upload = store.create(NAME.formatted(number))) {
      upload.write(sign, 0, sign.length);
      upload.complete();
    } catch (FileAlreadyExistsException race) {
      // Two show themselves in the same moment: one is seen, and the ledger has the last word.
    }
  }

  private List<String> signs() throws IOException {
    return store.list(FOLDER).stream().filter(name -> name.endsWith(SUFFIX)).toList();
  }

  private static long numberOf(String name) {
    return Long.parseLong(name.replaceAll("[^0-9]", ""));
  }

  @Override
  public void close() {
    try {
      store.close();
    } catch (IOException e) {
      throw failed("let go of", e);
    }
  }

  private StorageException failed(String verb, IOException e) {
    return new StorageException(
        "Tried to "
            + verb
            + " the sign of life of job '"
            + job
            + "' in "
            + root
            + "/"
            + FOLDER
            + ": "
            + e
            + ". Check the storage and the rights.",
        e);
  }
}
