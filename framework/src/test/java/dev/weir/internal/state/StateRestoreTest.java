package dev.weir.internal.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.error.RestoreException;
import dev.weir.internal.snapshot.CheckpointStore;
import dev.weir.internal.snapshot.FileRef;
import dev.weir.internal.snapshot.FolderStores;
import dev.weir.internal.snapshot.LossyDisk;
import dev.weir.internal.snapshot.StatePack;
import dev.weir.internal.state.heap.HeapStateStore;
import dev.weir.internal.state.rocksdb.RocksBaseRows;
import dev.weir.serde.TypeSerializer;
import dev.weir.serde.TypeSerializers;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StateRestoreTest {
  private static final Path ROOT = Path.of("/job");
  private static final TypeSerializer<String> STRINGS = TypeSerializers.of(String.class);
  private static final TypeSerializer<Long> LONGS = TypeSerializers.of(Long.class);

  private final LossyDisk disk = new LossyDisk(ROOT);
  private final CheckpointStore snapshots = FolderStores.in(ROOT, disk);
  private long nextId;

  @BeforeEach
  void openSnapshots() {
    snapshots.open("job");
  }

  @Test
  void shouldNameBothTypesWhenAStateHasChangedItsType() {
    List<FileRef> files = written(table("total", false, LONGS));

    assertThatThrownBy(() -> restored(files, 8, table("total", false, STRINGS)))
        .isInstanceOf(RestoreException.class)
        .hasMessageContainingAll(
            "'count'",
            "'total'",
            "value was written as long and is now string",
            "under another name",
            files.get(0).location());
    assertThatThrownBy(() -> restored(files, 8, table("total", true, LONGS)))
        .isInstanceOf(RestoreException.class)
        .hasMessageContainingAll("'total'", "has no times", "new name");
  }

  @Tag("S47")
  @Test
  void shouldNameTheStateThatIsNoLongerDeclared() {
    List<FileRef> files = written(table("total", false, LONGS));

    assertThatThrownBy(() -> restored(files, 8, table("other", false, LONGS)))
        .isInstanceOf(RestoreException.class)
        .hasMessageContainingAll("'count'", "'total'", "no longer declares");
  }

  @Test
  void shouldTakeANewStateAsEmptyAndFindTablesByName() {
    List<FileRef> files = written(table("total", false, LONGS));

    StateTable<String, Long> total =
        restored(files, 8, table("new", true, STRINGS), table("total", false, LONGS));

    assertThat(total.get(0, "a")).isEqualTo(1);
  }

  @Tag("S47")
  @Test
  void shouldRefuseAnotherNumberOfKeyGroups() {
    List<FileRef> files = written(table("total", false, LONGS));

    assertThatThrownBy(() -> restored(files, 16, table("total", false, LONGS)))
        .isInstanceOf(RestoreException.class)
        .hasMessageContainingAll("8 key groups", "16", "max.parallelism");
  }

  @Test
  void shouldTrustNothingEvenUnderARightChecksum() {
    FileRef good = written(table("total", false, LONGS)).get(0);
    byte[] bytes = disk.bytes(ROOT.resolve(good.location()));
    Random random = new Random(11);
    for (int round = 0; round < 3_000; round++) {
      byte[] hostile = bytes.clone();
      hostile[random.nextInt(bytes.length)] = (byte) random.nextInt();
      hostile[random.nextInt(bytes.length)] = (byte) (random.nextBoolean() ? 0xFF : 0x7F);
      CheckpointStore store = FolderStores.in(ROOT, new LossyDisk(ROOT));
      store.open("job");
      StatePack pack = store.pack(0, 1, 1);
      FileRef file = pack.write("hostile", out -> out.write(hostile));
      pack.done().toCompletableFuture().join();

      assertThatCode(() -> restoreOrRefuse(file, store)).doesNotThrowAnyException();
    }
  }

  private static void restoreOrRefuse(FileRef file, CheckpointStore store) {
    try (KeyedStateBackend backend = backend(8)) {
      backend.table(table("total", false, LONGS));
      backend.restore(StateJob.parts(List.of(List.of(file))), store);
    } catch (RestoreException e) {
      assertThat(e).hasMessageContaining(file.location());
    }
  }

  private static <V> TableDescriptor<String, V> table(
      String name, boolean isTimed, TypeSerializer<V> values) {
    return new TableDescriptor<>(name, isTimed, STRINGS, values);
  }

  private List<FileRef> written(TableDescriptor<String, Long> descriptor) {
    try (KeyedStateBackend backend = backend(8)) {
      StateTable<String, Long> table = backend.table(descriptor);
      backend.restore(List.of(), snapshots);
      table.put(0, "a", 1L);
      StatePack pack = snapshots.pack(nextId, 1, 1);
      List<FileRef> files = backend.freeze(nextId++).write(pack);
      pack.done().toCompletableFuture().join();
      return files;
    }
  }

  private static KeyedStateBackend backend(int maxParallelism) {
    return new HeapStateStore(RocksBaseRows::open)
        .backend(StateScope.of("count", 0, 1, maxParallelism, 1));
  }

  /** Restores the tables and gives the last. */
  @SafeVarargs
  private <V> StateTable<String, V> restored(
      List<FileRef> files, int maxParallelism, TableDescriptor<String, ? extends Object>... made) {
    KeyedStateBackend backend = backend(maxParallelism);
    StateTable<String, ?> last = null;
    for (TableDescriptor<String, ?> descriptor : made) {
      last = backend.table(descriptor);
    }
    backend.restore(StateJob.parts(List.of(files)), snapshots);
    @SuppressWarnings("unchecked") // The test knows what it asked for.
    StateTable<String, V> table = (StateTable<String, V>) last;
    return table;
  }
}
