package dev.weir.testing.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.weir.connector.SnapshotStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What Weir relies on in every {@link SnapshotStore}. */
public interface SnapshotStoreContract {
  /**
   * Opens the store that is tested; each time the same one, as another process would. Its content
   * is empty when a test begins.
   */
  SnapshotStore openStore() throws Exception;

  /** What was written is read back, by every instance. */
  @Test
  default void shouldGiveBackWhatWasWritten() throws Exception {
    try (SnapshotStore store = openStore();
        SnapshotStore other = openStore()) {
      write(store, "checkpoints/1-1/state.weir", bytes("hello"));

      assertEquals("hello", read(store, "checkpoints/1-1/state.weir", 0, 100));
      assertEquals("hello", read(other, "checkpoints/1-1/state.weir", 0, 5));
    }
  }

  /** Objects of any size, written in pieces, are read back whole and in part. */
  @Test
  default void shouldKeepObjectsOfEverySizeAndReadAnyPart() throws Exception {
    try (SnapshotStore store = openStore()) {
      for (int size : new int[] {0, 1, 65_535, 65_537, 3_000_000}) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        String name = "of-" + size;
        try (SnapshotStore.Upload upload = store.create(name)) {
          upload.write(bytes, 0, size / 3);
          upload.write(bytes, size / 3, size - size / 3);
          upload.complete();
        }

        for (int offset : new int[] {0, size / 2, Math.max(0, size - 1), size}) {
          byte[] part = readBytes(store, name, offset, 1_000);
          int end = Math.min(size, offset + 1_000);
          assertArrayEquals(Arrays.copyOfRange(bytes, offset, end), part, name + " at " + offset);
        }
        assertArrayEquals(bytes, readBytes(store, name, 0, Long.MAX_VALUE), name);
        assertEquals(0, readBytes(store, name, size + 10L, 5).length, "behind the end");
      }
    }
  }

  /** Nobody sees an object before it is complete, and never one that was given up. */
  @Test
  default void shouldShowNothingOfAnObjectThatIsNotComplete() throws Exception {
    try (SnapshotStore store = openStore()) {
      try (SnapshotStore.Upload upload = store.create("a/given-up")) {
        upload.write(new byte[100_000], 0, 100_000);

        assertThrows(NoSuchFileException.class, () -> store.open("a/given-up", 0, 1).close());
        assertEquals(List.of(), objects(store, "a"));
      }
      assertThrows(NoSuchFileException.class, () -> store.open("a/given-up", 0, 1).close());
      write(store, "a/given-up", bytes("second"));

      assertEquals("second", read(store, "a/given-up", 0, 100));
    }
  }

  /** An object is never changed: who comes second is told, and the first one stays as it is. */
  @Test
  default void shouldRefuseToWriteAnObjectAgain() throws Exception {
    try (SnapshotStore store = openStore()) {
      write(store, "a/once", bytes("first"));

      assertThrows(FileAlreadyExistsException.class, () -> write(store, "a/once", bytes("second")));
      assertEquals("first", read(store, "a/once", 0, 100));
    }
  }

  /** Of several that write one name in the same moment exactly one succeeds. */
  @Test
  default void shouldLetExactlyOneOfSeveralWriteAName() throws Exception {
    int writers = 4;
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      for (int round = 0; round < 20; round++) {
        String name = "races/" + round;
        CyclicBarrier start = new CyclicBarrier(writers);
        List<Callable<Boolean>> attempts =
            IntStream.range(0, writers)
                .<Callable<Boolean>>mapToObj(i -> () -> tryToWrite(name, "writer " + i, start))
                .toList();
        int won = 0;
        for (Future<Boolean> attempt : threads.invokeAll(attempts)) {
          won += attempt.get() ? 1 : 0;
        }
        assertEquals(1, won, name);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Lists what is below a folder, sorted, by full names; nothing else. */
  @Test
  default void shouldListWhatIsBelowAFolder() throws Exception {
    try (SnapshotStore store = openStore()) {
      for (String name : List.of("b/2/y", "b/1/x", "b/z", "bb/w", "a")) {
        write(store, name, bytes(name));
      }

      assertEquals(List.of("b/1/x", "b/2/y", "b/z"), objects(store, "b"));
      assertEquals(List.of("b/1/x"), objects(store, "b/1"));
      assertEquals(List.of("a", "b/1/x", "b/2/y", "b/z", "bb/w"), objects(store, ""));
      assertEquals(List.of(), objects(store, "nothing"));
    }
  }

  /** What is deleted is gone, deleting again is no error, and the name is free. */
  @Test
  default void shouldForgetWhatIsDeleted() throws Exception {
    try (SnapshotStore store = openStore()) {
      write(store, "a/b/gone", bytes("1"));
      write(store, "a/stays", bytes("2"));

      store.delete("a/b/gone");
      store.delete("a/b/gone");
      store.delete("never/there");

      assertThrows(NoSuchFileException.class, () -> store.open("a/b/gone", 0, 1).close());
      assertEquals(List.of("a/stays"), objects(store, ""));
      write(store, "a/b/gone", bytes("3"));
      assertEquals("3", read(store, "a/b/gone", 0, 100));
    }
  }

  /** What checkpoints do: small objects one after the other, of which the newest few stay. */
  @Test
  default void shouldKeepTheNewestManifestsOfARow() throws Exception {
    try (SnapshotStore store = openStore();
        SnapshotStore other = openStore()) {
      for (int id = 1; id < 60; id++) {
        byte[] bytes = new byte[id % 7 == 0 ? 5_000 : id * 60];
        Arrays.fill(bytes, (byte) id);
        write(store, manifest(id), bytes);
        store.delete(manifest(id - 3));
        SnapshotStore writer = id % 2 == 0 ? store : other;
        int taken = id;

        assertThrows(
            FileAlreadyExistsException.class, () -> write(writer, manifest(taken), new byte[1]));
        assertArrayEquals(bytes, readBytes(other, manifest(id), 0, 10_000));
        assertEquals(10, readBytes(other, manifest(id), bytes.length - 10L, 100).length);
        assertEquals(Math.min(id, 3), objects(other, "checkpoints").size());
        assertEquals(List.of(manifest(id)), objects(other, "checkpoints/" + id + "-1"));
        assertThrows(
            NoSuchFileException.class, () -> other.open(manifest(taken - 3), 0, 1).close());
      }
      for (String name : objects(other, "")) {
        other.delete(name);
      }
      assertEquals(List.of(), objects(store, ""));
    }
  }

  private static String manifest(int id) {
    return "checkpoints/" + id + "-1/manifest.weir";
  }

  /** Objects outlive the instance that wrote them, and closing twice is no error. */
  @Test
  default void shouldKeepObjectsWhenItIsClosed() throws Exception {
    SnapshotStore first = openStore();
    write(first, "a/kept", bytes("kept"));
    first.close();
    first.close();

    try (SnapshotStore second = openStore()) {
      assertEquals("kept", read(second, "a/kept", 0, 100));
    }
  }

  private boolean tryToWrite(String name, String text, CyclicBarrier start) throws Exception {
    try (SnapshotStore store = openStore()) {
      start.await();
      write(store, name, bytes(text));
      return true;
    } catch (FileAlreadyExistsException lost) {
      return false;
    }
  }

  private static void write(SnapshotStore store, String name, byte[] bytes) throws IOException {
    try (SnapshotStore.Upload upload = store.create(name)) {
      upload.write(bytes, 0, bytes.length);
      upload.complete();
    }
  }

  private static List<String> objects(SnapshotStore store, String folder) throws IOException {
    return store.list(folder).stream().filter(name -> !name.endsWith(".tmp")).toList();
  }

  private static String read(SnapshotStore store, String name, long offset, long length)
      throws IOException {
    return new String(readBytes(store, name, offset, length), StandardCharsets.UTF_8);
  }

  private static byte[] readBytes(SnapshotStore store, String name, long offset, long length)
      throws IOException {
    try (InputStream in = store.open(name, offset, length)) {
      return in.readAllBytes();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
