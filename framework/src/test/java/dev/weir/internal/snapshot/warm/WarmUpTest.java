package dev.weir.internal.snapshot.warm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connector.SnapshotStore;
import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.internal.snapshot.CheckpointStore;
import dev.weir.internal.snapshot.CheckpointStore.RetainedManifest;
import dev.weir.internal.snapshot.FileDisk;
import dev.weir.internal.snapshot.FileRef;
import dev.weir.internal.snapshot.Lineage;
import dev.weir.internal.snapshot.SharedBase;
import dev.weir.internal.snapshot.SharedBase.NamedFile;
import dev.weir.internal.snapshot.StagePart;
import dev.weir.internal.snapshot.StatePack;
import dev.weir.time.Clock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WarmUpTest {
  private static final long ATTEMPT = 1;

  @TempDir private Path local;
  private final CountedStore objects = CountedStore.named(UUID.randomUUID().toString());
  private final CheckpointStore store = storeOver(objects);

  @Test
  void shouldLeaveNothingToReadForATakeOver() throws IOException {
    RetainedManifest checkpoint = checkpoint(0, List.of(file(0, 1_000)));

    long fetched = turn(warmUp());

    assertThat(fetched).isEqualTo(1_000);
    objects.takeStateReads();
    readAll(checkpoint, warmed());
    assertThat(objects.takeStateReads()).isEmpty();
  }

  @Test
  void shouldFetchOnlyTheNewestDelta() throws IOException {
    FileRef first = file(0, 1_000);
    checkpoint(0, List.of(first));
    WarmUp standby = warmUp();
    turn(standby);

    RetainedManifest second = checkpoint(1, List.of(first, file(1, 30)));
    assertThat(turn(standby)).as("what came with the second one").isEqualTo(30);
    assertThat(turn(standby)).as("nothing is new").isZero();

    objects.takeStateReads();
    readAll(second, warmed());
    assertThat(objects.takeStateReads()).isEmpty();
  }

  @Test
  void shouldHaveTheFilesOfABaseToo() throws IOException {
    FileRef table = store.writeBaseFile(1, ATTEMPT, "000012.sst", out -> out.write(new byte[500]));
    SharedBase base = new SharedBase(1, 0, List.of(new NamedFile("000012.sst", table)));
    checkpoint(0, List.of(), Optional.of(base));

    assertThat(turn(warmUp())).isEqualTo(500);

    objects.takeStateReads();
    ByteArrayOutputStream copied = new ByteArrayOutputStream();
    storeOver(warmed()).copy(table, copied);
    assertThat(copied.size()).isEqualTo(500);
    assertThat(objects.takeStateReads()).isEmpty();
  }

  @Test
  void shouldReadOfTheStoreWhatIsNotFetchedYet() throws IOException {
    FileRef first = file(0, 1_000);
    checkpoint(0, List.of(first));
    turn(warmUp());
    FileRef second = file(1, 30);
    RetainedManifest newest = checkpoint(1, List.of(first, second));

    objects.takeStateReads();
    readAll(newest, warmed());

    assertThat(objects.takeStateReads()).containsExactly(second.location());
  }

  @Test
  void shouldRemoveWhatNoRetainedCheckpointNamesAnyMore() throws IOException {
    checkpoint(0, List.of(file(0, 1_000)));
    WarmUp standby = warmUp();
    turn(standby);
    RetainedManifest newest = checkpoint(1, List.of(file(1, 30)));
    turn(standby);
    assertThat(copies()).as("both are retained").hasSize(2);

    store.retainOnly(List.of(newest), ATTEMPT);
    turn(standby);

    assertThat(copies()).singleElement().asString().contains("checkpoints/1-1/");
    standby.clear();
    assertThat(copies()).isEmpty();
  }

  @Test
  void shouldReadTheStoreWhereACopyIsDamaged() throws IOException {
    RetainedManifest checkpoint = checkpoint(0, List.of(file(0, 1_000)));
    turn(warmUp());
    byte[] bytes = Files.readAllBytes(copies().get(0));
    bytes[17] ^= 1;
    Files.write(copies().get(0), bytes);

    objects.takeStateReads();
    readAll(checkpoint, warmed());

    assertThat(objects.takeStateReads()).hasSize(1);
  }

  @Test
  void shouldReadTheStoreAgainOnceAllIsRestored() throws IOException {
    RetainedManifest checkpoint = checkpoint(0, List.of(file(0, 1_000)));
    turn(warmUp());
    WarmedStore restored = warmed();

    restored.forgetCopies();

    objects.takeStateReads();
    readAll(checkpoint, restored);
    assertThat(objects.takeStateReads()).hasSize(1);
  }

  @Test
  void shouldKeepNoPartOfAFileThatCannotBeReadToItsEnd() throws IOException {
    checkpoint(0, List.of(file(0, 1_000)));
    objects.setAway(true);

    assertThatThrownBy(() -> turn(warmUp())).hasMessageContaining("The store is away");

    objects.setAway(false);
    assertThat(turn(warmUp())).isEqualTo(1_000);
  }

  @Test
  void shouldKeepToItsRate() throws Exception {
    Pace pace = new Pace(Clock.system(), 10_000);
    long from = System.nanoTime();

    for (int i = 0; i < 10; i++) {
      pace.spend(500);
    }

    assertThat(System.nanoTime() - from).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(480));
  }

  @Test
  void shouldFetchNothingMoreOnceItIsNotWantedAnyMore() throws Exception {
    checkpoint(0, List.of(file(0, 1_000)));
    WarmUp standby = warmUp();

    standby.prepare();
    standby.stop();
    standby.turn();

    assertThat(copies()).isEmpty();
    assertThat(turn(standby)).as("when it is wanted again").isEqualTo(1_000);
  }

  @Test
  void shouldFetchAgainWhatAnotherInstanceOnThisMachineHasCleared() throws IOException {
    checkpoint(0, List.of(file(0, 1_000)));
    WarmUp standby = warmUp();
    turn(standby);

    warmUp().clear();

    assertThat(turn(standby)).isEqualTo(1_000);
  }

  @Test
  void shouldLeaveTheCopiesToAnotherInstanceOnThisMachine() throws IOException {
    checkpoint(0, List.of(file(0, 1_000)));

    files().whileLocked(() -> assertThat(turn(warmUp())).isZero());

    assertThat(copies()).isEmpty();
  }

  private static long turn(WarmUp standby) throws IOException {
    standby.prepare();
    return standby.turn();
  }

  private WarmUp warmUp() {
    return new WarmUp(() -> objects, "store", files(), Clock.system());
  }

  private WarmFiles files() {
    return WarmFiles.in(local, new FileDisk());
  }

  private WarmedStore warmed() {
    return WarmedStore.over(objects, files());
  }

  private static CheckpointStore storeOver(SnapshotStore objects) {
    return new CheckpointStore(objects, "store", CrashPoint.Hook.NONE);
  }

  private FileRef file(long checkpoint, int bytes) {
    byte[] content = new byte[bytes];
    new Random(checkpoint).nextBytes(content);
    StatePack pack = store.pack(checkpoint, ATTEMPT, 1);
    FileRef file = pack.write("count-0", out -> out.write(content));
    pack.done().toCompletableFuture().join();
    return file;
  }

  private RetainedManifest checkpoint(long id, List<FileRef> files) {
    return checkpoint(id, files, Optional.empty());
  }

  private RetainedManifest checkpoint(long id, List<FileRef> files, Optional<SharedBase> base) {
    CheckpointManifest manifest =
        new CheckpointManifest(
            "job",
            id,
            ATTEMPT,
            8,
            Lineage.NONE.with(new Lineage.Run(ATTEMPT, 1, 0)),
            Map.of("count", List.of(new StagePart(0, new byte[0], files))),
            base);
    return new RetainedManifest(store.writeManifest(manifest), manifest);
  }

  private static void readAll(RetainedManifest checkpoint, WarmedStore from) {
    CheckpointStore reader = storeOver(from);
    checkpoint
        .manifest()
        .files()
        .forEach(
            file ->
                reader.read(file, in -> assertThat(in.readAllBytes()).hasSize((int) file.bytes())));
  }

  private List<Path> copies() throws IOException {
    try (Stream<Path> paths = Files.walk(local)) {
      return paths
          .filter(Files::isRegularFile)
          .filter(path -> !path.toString().endsWith(".lock"))
          .toList();
    }
  }
}
