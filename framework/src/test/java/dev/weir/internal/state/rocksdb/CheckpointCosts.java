package dev.weir.internal.state.rocksdb;

import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.internal.snapshot.CheckpointStore;
import dev.weir.internal.snapshot.FileDisk;
import dev.weir.internal.snapshot.FileRef;
import dev.weir.internal.snapshot.FolderStores;
import dev.weir.internal.snapshot.Lineage;
import dev.weir.internal.snapshot.SharedBase;
import dev.weir.internal.snapshot.StagePart;
import dev.weir.internal.snapshot.StatePack;
import dev.weir.internal.state.KeyedStateBackend;
import dev.weir.internal.state.StateScope;
import dev.weir.internal.state.StateStore;
import dev.weir.internal.state.StateTable;
import dev.weir.internal.state.TableDescriptor;
import dev.weir.serde.TypeSerializers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Measures what checkpoints and restores cost with many keys in RocksDB; a program, no test.
 *
 * <pre>
 *   java -Xmx2g ... CheckpointCosts FOLDER KEYS
 * </pre>
 */
public final class CheckpointCosts {
  private static final int VALUE_BYTES = 100;
  private static final int FILLS = 50;
  private static final int ROUNDS = 20;
  private static final String STAGE = "measured";

  private final Random random = new Random(1);
  private final Path folder;
  private final int keys;
  private final ExecutorService io = Executors.newCachedThreadPool();
  private final CheckpointStore files;
  private final Set<FileRef> seen = new HashSet<>();
  private Lineage lineage = Lineage.NONE;
  private RocksStateStore store;
  private KeyedStateBackend backend;
  private StateTable<Long, String> table;
  private Optional<CheckpointManifest> newest = Optional.empty();
  private long attempt;
  private long nextId;

  private CheckpointCosts(Path folder, int keys) {
    this.folder = folder;
    this.keys = keys;
    this.files = FolderStores.in(folder.resolve("store"), new FileDisk());
  }

  /** See above. */
  public static void main(String[] arguments) throws Exception {
    CheckpointCosts costs =
        new CheckpointCosts(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    try {
      costs.run();
    } finally {
      costs.io.shutdownNow();
    }
  }

  private void run() throws Exception {
    files.open("measured");
    begin("nothing");
    fill();
    for (double share : new double[] {0.001, 0.01, 0.1}) {
      measure(share);
    }
    end();
    begin("local files");
    end();
    checkpointOf(0.01);
    end();
    begin("local files after one more checkpoint");
    end();
    Files.delete(folder.resolve("local/weir-local"));
    begin("the store");
    end();
  }

  private void begin(String from) {
    attempt++;
    long firstId = newest.map(manifest -> manifest.checkpointId() + 1).orElse(0L);
    lineage =
        newest
            .map(CheckpointManifest::lineage)
            .orElse(Lineage.NONE)
            .with(new Lineage.Run(attempt, attempt, firstId));
    store =
        RocksStateStore.in(
            folder.resolve("local"),
            new RocksStateStore.Engine(io, CrashPoint.Hook.NONE, Throwable::printStackTrace));
    long start = System.nanoTime();
    store.begin(new StateStore.Origin("measured", lineage, newest, files));
    backend = store.backend(StateScope.of(STAGE, 0, attempt, 128, 1));
    table =
        backend.table(
            new TableDescriptor<>(
                "values", false, TypeSerializers.of(Long.class), TypeSerializers.of(String.class)));
    backend.restore(newest.map(m -> m.stages().get(STAGE)).orElse(List.of()), files);
    System.out.printf("restored from %s in %d ms%n", from, millisSince(start));
  }

  private void end() {
    if (backend != null) {
      backend.close();
      store.close();
      backend = null;
    }
  }

  private void fill() throws Exception {
    long start = System.nanoTime();
    for (int part = 0; part < FILLS; part++) {
      for (long key = part; key < keys; key += FILLS) {
        table.put(0, key, value());
      }
      checkpoint();
    }
    System.out.printf("%d keys put in %d ms%n", keys, millisSince(start));
  }

  private String value() {
    byte[] bytes = new byte[VALUE_BYTES];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (' ' + random.nextInt(90));
    }
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private void measure(double share) throws Exception {
    List<Cost> costs = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      change(share);
      costs.add(checkpoint());
    }
    long[] pauses = costs.stream().mapToLong(Cost::pauseMicros).sorted().toArray();
    System.out.printf(
        "%5.1f %%: delta %.2f MB, base %.2f MB per checkpoint, written in %.0f ms, pause p50 %d us,"
            + " max %d us%n",
        100 * share,
        costs.stream().mapToLong(Cost::deltaBytes).average().orElse(0) / 1e6,
        costs.stream().mapToLong(Cost::baseBytes).average().orElse(0) / 1e6,
        costs.stream().mapToLong(Cost::writeMillis).average().orElse(0),
        pauses[pauses.length / 2],
        pauses[pauses.length - 1]);
    System.out.println("       pauses " + Arrays.toString(pauses));
  }

  private void change(double share) {
    int changes = (int) (share * keys);
    for (int i = 0; i < changes; i++) {
      table.put(0, (long) random.nextInt(keys), value());
    }
  }

  private void checkpointOf(double share) throws Exception {
    begin("local files");
    change(share);
    checkpoint();
  }

  private Cost checkpoint() throws Exception {
    long id = nextId++;
    long start = System.nanoTime();
    KeyedStateBackend.FrozenState frozen = backend.freeze(id);
    long pause = System.nanoTime() - start;
    long begun = System.nanoTime();
    StatePack pack = files.pack(id, attempt, 1);
    List<FileRef> written = frozen.write(pack);
    pack.done().toCompletableFuture().join();
    Map<String, List<StagePart>> stages =
        Map.of(STAGE, List.of(new StagePart(0, new byte[0], written)));
    Optional<SharedBase> base = store.bases().newest();
    CheckpointManifest manifest =
        new CheckpointManifest(
            "measured",
            id,
            attempt,
            128,
            lineage,
            base.map(shared -> shared.below(stages)).orElse(stages),
            base);
    FileRef file = files.writeManifest(manifest);
    long millis = millisSince(begun);
    start = System.nanoTime();
    backend.completed(id);
    store.bases().completed(manifest);
    pause += System.nanoTime() - start;
    newest = Optional.of(manifest);
    files.retainOnly(List.of(new CheckpointStore.RetainedManifest(file, manifest)), attempt);
    return new Cost(
        file.bytes() + newBytes(manifest.stages().get(STAGE).get(0).files()),
        newBytes(baseFiles(manifest)),
        millis,
        pause / 1_000);
  }

  private static List<FileRef> baseFiles(CheckpointManifest manifest) {
    return manifest.base().map(SharedBase::files).orElse(List.of()).stream()
        .map(SharedBase.NamedFile::file)
        .toList();
  }

  private long newBytes(List<FileRef> named) {
    return named.stream().filter(seen::add).mapToLong(FileRef::bytes).sum();
  }

  private static long millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000;
  }

  private record Cost(long deltaBytes, long baseBytes, long writeMillis, long pauseMicros) {}
}
