package dev.weir.internal.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.error.RestoreException;
import dev.weir.internal.snapshot.CheckpointStore;
import dev.weir.internal.snapshot.FileRef;
import dev.weir.internal.snapshot.FolderStores;
import dev.weir.internal.snapshot.Lineage;
import dev.weir.internal.snapshot.LossyDisk;
import dev.weir.internal.snapshot.StatePack;
import dev.weir.schema.DefaultValue;
import dev.weir.schema.RenamedFrom;
import dev.weir.serde.TypeSerializer;
import dev.weir.serde.TypeSerializers;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How every kind of keyed state follows the types of a pipeline from version to version. */
public abstract class StateEvolutionContract {
  /** As first written. */
  static final class V1 {
    record Order(String customer, int amount, List<V1.Line> lines, String internal) {}

    record Line(String product, int count) {}

    record Key(String shop, int number) {}
  }

  /** A field added, one removed, one widened, one renamed; in nested records, too. */
  static final class V2 {
    record Order(
        @RenamedFrom("customer") String buyer,
        long amount,
        List<V2.Line> lines,
        @DefaultValue("EUR") String currency) {}

    record Line(String product, long count, Optional<String> note) {}

    record Key(@RenamedFrom("shop") String branch, int number) {}
  }

  /** The same again on top. */
  static final class V3 {
    record Order(
        @RenamedFrom("customer") Optional<String> buyer,
        double rebate,
        BigDecimal amount,
        List<V3.Line> lines) {}

    record Line(@RenamedFrom("product") String article, long count) {}
  }

  /** What no longer fits. */
  static final class Wrong {
    record Order(String customer, short amount, List<Wrong.Line> lines) {}

    record Line(int product, int count) {}

    record Key(String shop, long number) {}
  }

  private static final Path ROOT = Path.of("/job");
  private static final int GROUPS = 8;

  private final LossyDisk disk = new LossyDisk(ROOT);
  private final CheckpointStore snapshots = FolderStores.in(ROOT, disk);
  private StateStore states;
  private long nextId = 1;

  protected abstract StateStore openStore();

  @BeforeEach
  void openStates() {
    states = openStore();
    snapshots.open("job");
  }

  @AfterEach
  void closeStates() {
    states.close();
  }

  @Test
  void shouldRestoreVersionOneIntoVersionsTwoAndThree() {
    List<List<FileRef>> files = writtenByVersionOne();

    List<V2.Order> second = new ArrayList<>();
    List<V3.Order> third = new ArrayList<>();
    with(V1.Key.class, V2.Order.class, files, table -> second.add(table.get(0, key(1))));
    with(V1.Key.class, V3.Order.class, files, table -> third.add(table.get(0, key(1))));

    assertThat(second)
        .containsExactly(
            new V2.Order("c1", 1, List.of(new V2.Line("p1", 1, Optional.empty())), "EUR"));
    assertThat(third)
        .containsExactly(
            new V3.Order(Optional.of("c1"), 0.0, BigDecimal.ONE, List.of(new V3.Line("p1", 1))));
  }

  @Test
  void shouldGoOnFromTheFilesOfAnOlderVersionAndReadEachByItsOwnSchema() {
    List<List<FileRef>> first = writtenByVersionOne();
    V2.Order changed = new V2.Order("new", 1L << 40, List.of(), "USD");

    List<List<FileRef>> second =
        with(
            V1.Key.class,
            V2.Order.class,
            first,
            table -> {
              table.put(0, key(1), changed);
              table.remove(0, key(2));
            });
    List<Object> read = new ArrayList<>();
    with(
        V1.Key.class,
        V2.Order.class,
        second,
        table -> {
          read.add(table.get(0, key(1)));
          read.add(table.get(0, key(3)).buyer());
        });
    with(
        V1.Key.class,
        V3.Order.class,
        second,
        table -> {
          read.add(table.get(0, key(1)).buyer());
          assertThat(table.get(0, key(2))).isNull();
        });

    assertThat(second.get(0)).as("a base of version 1, a delta of version 2").hasSize(2);
    assertThat(second.get(0)).startsWith(first.get(0).get(0));
    assertThat(read).containsExactly(changed, "c3", Optional.of("new"));
  }

  @Test
  void shouldFindRowsAndTimersUnderKeysWhoseFieldsWereRenamed() throws Exception {
    TableDescriptor<V1.Key, Boolean> before = timers(V1.Key.class);
    List<List<FileRef>> files;
    try (KeyedStateBackend backend = backend()) {
      StateTable<V1.Key, Boolean> table = tableOf(backend, before, List.of());
      table.put(10, key(1), true);
      table.put(20, key(2), true);
      files = checkpoint(backend);
    }
    List<Object> fired = new ArrayList<>();

    TableDescriptor<V2.Key, Boolean> now = timers(V2.Key.class);
    try (KeyedStateBackend backend = backend()) {
      StateTable<V2.Key, Boolean> table = tableOf(backend, now, files);
      assertThat(table.get(20, new V2.Key("shop", 2))).isTrue();
      table.drainUpTo(15, (time, key, set) -> fired.add(key));
    }

    assertThat(fired).containsExactly(new V2.Key("shop", 1));
  }

  @Test
  void shouldRefuseWhatDoesNotFitByEveryFieldsName() {
    List<List<FileRef>> files = writtenByVersionOne();

    assertThatThrownBy(() -> with(V1.Key.class, Wrong.Order.class, files, table -> {}))
        .isInstanceOf(RestoreException.class)
        .hasMessageContainingAll(
            "stage 'orders'",
            "'value.order'",
            "value.amount was written as int and is now short",
            "value.lines[].product was written as string and is now int",
            files.get(0).get(0).location());
  }

  @Test
  void shouldRefuseKeysWhoseBytesWouldChange() {
    List<List<FileRef>> files = writtenByVersionOne();

    assertThatThrownBy(() -> with(Wrong.Key.class, V1.Order.class, files, table -> {}))
        .isInstanceOf(RestoreException.class)
        .hasMessageContainingAll(
            "key was written as record Key(shop:string?,number:int)",
            "record Key(shop:string?,number:long)",
            "a key's bytes say where its rows are");
  }

  @Test
  void shouldReadTheFileOfVersionOneForEver() throws IOException {
    byte[] golden = golden();
    byte[] written = disk.bytes(ROOT.resolve(writtenByVersionOne().get(0).get(0).location()));
    StatePack pack = snapshots.pack(1, 2, 1);
    FileRef file = pack.write("orders", out -> out.write(golden));
    pack.done().toCompletableFuture().join();
    List<Object> read = new ArrayList<>();

    with(
        V1.Key.class,
        V2.Order.class,
        List.of(List.of(file)),
        table -> read.add(table.get(0, key(2)).buyer()));

    assertThat(written).isEqualTo(golden);
    assertThat(read).containsExactly("c2");
  }

  private static byte[] golden() throws IOException {
    try (InputStream in = StateEvolutionContract.class.getResourceAsStream("orders-1.weir")) {
      return in.readAllBytes();
    }
  }

  private List<List<FileRef>> writtenByVersionOne() {
    return with(
        V1.Key.class,
        V1.Order.class,
        List.of(),
        table ->
            IntStream.of(3, 1, 2) // By key group, so that it is the order in files of every store.
                .forEach(
                    i ->
                        table.put(
                            0,
                            key(i),
                            new V1.Order("c" + i, i, List.of(new V1.Line("p" + i, i)), "x"))));
  }

  private static V1.Key key(int number) {
    return new V1.Key("shop", number);
  }

  private static <K> TableDescriptor<K, Boolean> timers(Class<K> key) {
    return new TableDescriptor<>(
        "timers", true, TypeSerializers.of(key), TypeSerializers.of(Boolean.class));
  }

  /** Starts a version on some files, uses its table, and gives the files of its checkpoint. */
  private <K, V> List<List<FileRef>> with(
      Class<K> key, Class<V> value, List<List<FileRef>> files, Use<K, V> use) {
    TypeSerializer<V> values = TypeSerializers.of(value);
    TableDescriptor<K, V> descriptor =
        new TableDescriptor<>("value.order", false, TypeSerializers.of(key), values);
    try (KeyedStateBackend backend = backend()) {
      StateTable<K, V> table = tableOf(backend, descriptor, files);
      use.on(table);
      return checkpoint(backend);
    }
  }

  private List<List<FileRef>> checkpoint(KeyedStateBackend backend) {
    StatePack pack = snapshots.pack(nextId, 1, 1);
    List<FileRef> files = backend.freeze(nextId++).write(pack);
    pack.done().toCompletableFuture().join();
    return List.of(files);
  }

  private KeyedStateBackend backend() {
    states.close();
    Lineage lineage = Lineage.NONE.with(new Lineage.Run(nextId, nextId, nextId));
    states.begin(new StateStore.Origin("job", lineage, Optional.empty(), snapshots));
    return states.backend(StateScope.of("orders", 0, nextId, GROUPS, 1));
  }

  private <K, V> StateTable<K, V> tableOf(
      KeyedStateBackend backend, TableDescriptor<K, V> descriptor, List<List<FileRef>> files) {
    StateTable<K, V> table = backend.table(descriptor);
    backend.restore(StateJob.parts(files), snapshots);
    return table;
  }

  private interface Use<K, V> {
    void on(StateTable<K, V> table);
  }
}
