package dev.weir.internal.snapshot;

import dev.weir.connector.CheckpointLedger;
import dev.weir.connector.LedgerEntry;
import dev.weir.connector.SnapshotStore;
import dev.weir.error.FencedException;
import dev.weir.error.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.List;
import java.util.Optional;

/**
 * The ledger of a job whose sinks offer none, in a store that has no locks: a row of numbered
 * objects, each the newest facts when it was made. Whoever makes the next number first has written
 * it; who finds it taken has been fenced. Older numbers are removed, so after writing one looks
 * whether there is a greater one: an attempt that slept through a removal finds it. Blocks; one I/O
 * thread at a time.
 */
public final class StoreLedger implements CheckpointLedger {
  static final String FOLDER = "ledger";
  private static final String NAME = FOLDER + "/%018d.weir";
  private static final int KEPT = 3;
  private static final int RACES = 100;

  private final SnapshotStore store;
  private final String root;
  private final String job;
  private long number = -1;
  private LedgerText last = LedgerText.EMPTY;
  private boolean isClosed;

  /** A ledger beside a job's checkpoints; the store stays open. */
  public StoreLedger(SnapshotStore store, String root, String job) {
    this.store = store;
    this.root = root;
    this.job = job;
  }

  @Override
  public TakeOver takeOver() {
    for (int race = 0; race < RACES; race++) {
      try {
        long newest = newest();
        LedgerText found = newest < 0 ? LedgerText.EMPTY : read(newest);
        append(newest + 1, new LedgerText(found.attempt() + 1, found.entry()));
        return new TakeOver(last.attempt(), last.entry());
      } catch (FileAlreadyExistsException lost) {
        // Somebody else took over in the same moment: he is now the one to fence.
      } catch (IOException e) {
        throw failed("take over", e);
      }
    }
    throw fenced("take over");
  }

  @Override
  public void complete(LedgerEntry entry) {
    replace(Optional.of(entry), "complete checkpoint " + entry.checkpointId());
  }

  @Override
  public void forget() {
    replace(Optional.empty(), "forget the checkpoints");
  }

  private void replace(Optional<LedgerEntry> entry, String what) {
    if (isClosed) {
      throw fenced(what);
    }
    try {
      append(number + 1, new LedgerText(last.attempt(), entry));
    } catch (FileAlreadyExistsException taken) {
      throw fenced(what);
    } catch (IOException e) {
      throw failed(what + " in", e);
    }
  }

  @Override
  public void checkNewest() {
    try {
      if (newest() > number) {
        throw fenced("go on");
      }
    } catch (IOException e) {
      throw failed("look into", e);
    }
  }

  private void append(long next, LedgerText text) throws IOException {
    byte[] bytes = text.format().getBytes(StandardCharsets.UTF_8);
    try (SnapshotStore.Upload upload = store.create(NAME.formatted(next))) {
      upload.write(bytes, 0, bytes.length);
      upload.complete();
    }
    number = next;
    last = text;
    checkNewest();
    removeOld();
  }

  private void removeOld() throws IOException {
    for (String name : numbers()) {
      if (numberOf(name) <= number - KEPT) {
        store.delete(name);
      }
    }
  }

  private long newest() throws IOException {
    List<String> names = numbers();
    return names.isEmpty() ? -1 : numberOf(names.get(names.size() - 1));
  }

  private List<String> numbers() throws IOException {
    return store.list(FOLDER).stream().filter(name -> name.endsWith(Layout.SUFFIX)).toList();
  }

  private static long numberOf(String name) {
    return Long.parseLong(
        name.substring(FOLDER.length() + 1, name.length() - Layout.SUFFIX.length()));
  }

  private LedgerText read(long which) throws IOException {
    String name = NAME.formatted(which);
    try (InputStream in = store.open(name, 0, LedgerText.LONGEST)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return LedgerText.parse(text, root + "/" + name);
    }
  }

  @Override
  public void close() {
    isClosed = true;
  }

  private FencedException fenced(String what) {
    return new FencedException(
        "Attempt "
            + last.attempt()
            + " of job '"
            + job
            + "' cannot "
            + what
            + ": another instance has taken over its ledger in "
            + root
            + ". Stop one of them.");
  }

  private StorageException failed(String what, IOException cause) {
    return new StorageException(
        "Tried to "
            + what
            + " the ledger of job '"
            + job
            + "' in "
            + root
            + ": "
            + cause
            + ". Check the storage.",
        cause);
  }
}
