package dev.weir.internal.state.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.snapshot.CheckpointStore;
import dev.weir.internal.snapshot.FileDisk;
import dev.weir.internal.snapshot.FolderStores;
import dev.weir.internal.snapshot.Lineage;
import dev.weir.internal.snapshot.StatePack;
import dev.weir.internal.state.KeyedStateBackend;
import dev.weir.internal.state.StateScope;
import dev.weir.internal.state.StateStore;
import dev.weir.internal.state.StateTable;
import dev.weir.internal.state.TableDescriptor;
import dev.weir.schema.Schema;
import dev.weir.serde.TypeSerializer;
import dev.weir.serde.TypeSerializers;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SortedChangesTest {
  private static final TableDescriptor<String, Long> COUNTS =
      new TableDescriptor<>("counts", false, new Folded(), TypeSerializers.of(Long.class));

  @TempDir private Path directory;

  @Test
  void shouldTakeTheLastOfKeysThatDifferAsObjectsOnly() throws Exception {
    CheckpointStore snapshots =
        FolderStores.in(Files.createDirectory(directory.resolve("snapshots")), new FileDisk());
    snapshots.open("job");
    StateMemory little = new StateMemory(1 << 20, 1 << 20, 1 << 6, 1 << 20);
    RocksStateStore store =
        RocksStateStore.in(
            directory.resolve("local"),
            new RocksStateStore.Engine(
                    Runnable::run,
                    CrashPoint.Hook.NONE,
                    failure -> {
                      throw new AssertionError(failure);
                    })
                .with(little));
    Lineage lineage = Lineage.NONE.with(new Lineage.Run(1, 1, 0));
    store.begin(new StateStore.Origin("job", lineage, Optional.empty(), snapshots));
    try (store;
        KeyedStateBackend backend = store.backend(StateScope.of("stage", 0, 1, 8, 1))) {
      StateTable<String, Long> table = backend.table(COUNTS);
      backend.restore(List.of(), snapshots);
      table.put(0, "PAGE", 1L);
      table.put(0, "other", 7L);
      table.put(0, "page", 2L);
      KeyedStateBackend.FrozenState cut = backend.freeze(1);
      StatePack pack = snapshots.pack(1, 1, 1);
      cut.write(pack);
      pack.done().toCompletableFuture().join();

      backend.completed(1);

      assertThat(table.get(0, "Page")).isEqualTo(2L);
      assertThat(table.get(0, "other")).isEqualTo(7L);
    }
  }

  /** Writes unequal keys alike. */
  private record Folded() implements TypeSerializer<String> {
    private static final TypeSerializer<String> STRINGS = TypeSerializers.of(String.class);

    @Override
    public void serialize(String value, DataOutput out) throws IOException {
      STRINGS.serialize(value.toLowerCase(Locale.ROOT), out);
    }

    @Override
    public String deserialize(DataInput in) throws IOException {
      return STRINGS.deserialize(in);
    }

    @Override
    public Schema schema() {
      return STRINGS.schema();
    }

    @Override
    public String copy(String value) {
      return value;
    }
  }
}
