package dev.weir.internal.snapshot.warm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.internal.snapshot.CheckpointStore;
import dev.weir.internal.snapshot.CheckpointStore.RetainedManifest;
import dev.weir.internal.snapshot.FileDisk;
import dev.weir.internal.snapshot.FileRef;
import dev.weir.internal.snapshot.Lineage;
import dev.weir.internal.snapshot.StagePart;
import dev.weir.internal.snapshot.StatePack;
import dev.weir.time.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
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

    long fetched = warmUp().turn();

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
    standby.turn();

    RetainedManifest second = checkpoint(1, List.of(first, file(1, 30)));
    assertThat(standby.turn()).as("what came with the second one").isEqualTo(30);
    assertThat(standby.turn()).as("nothing is new").isZero();

    objects.takeStateReads();
    readAll(second, warmed());
    assertThat(objects.takeStateReads()).isEmpty();
  }

  @Test
  void shouldReadOfTheStoreWhatIsNotFetchedYet() throws IOException {
    FileRef first = file(0, 1_000);
    checkpoint(0, List.of(first));
    warmUp().turn();
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
    standby.turn();
    RetainedManifest newest = checkpoint(1, List.of(file(1, 30)));
    standby.turn();
    assertThat(copies()).as("both are retained").hasSize(2);

    store.retainOnly(List.of(newest), ATTEMPT);
    standby.turn();

    assertThat(copies()).singleElement().asString().contains("checkpoints/1-1/");
    standby.clear();
    assertThat(copies()).isEmpty();
  }

  @Test
  void shouldReadTheStoreWhereACopyIsDamaged() throws IOException {
    RetainedManifest checkpoint = checkpoint(0, List.of(file(0, 1_000)));
    warmUp().turn();
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
    warmUp().turn();
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

    assertThatThrownBy(() -> warmUp().turn()).hasMessageContaining("The store is away");

    objects.setAway(false);
    assertThat(warmUp().turn()).isEqualTo(1_000);
  }

  @Test
  void shouldKeepToItsRateAndEndSoonWhenItIsNotWantedAnyMore() throws Exception {
    int seconds = 60;
    checkpoint(0, List.of(file(0, seconds * 1_000)));
    CheckpointStore from = storeOver(objects);
    Pace pace = new Pace(Clock.system(), 1_000);
    WarmFiles files = files();
    FileRef file = newest().files().findFirst().orElseThrow();
    CompletableFuture<Void> fetching =
        CompletableFuture.runAsync(
            () -> {
              try {
                files.fetch(file, from, pace);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });

    pace.stop();

    assertThatThrownBy(fetching::join).hasStackTraceContaining("not wanted any more");
    assertThat(files.all()).isEmpty();
  }

  @Test
  void shouldLeaveTheCopiesToAnotherInstanceOnThisMachine() throws IOException {
    checkpoint(0, List.of(file(0, 1_000)));

    files().whileLocked(() -> assertThat(warmUp().turn()).isZero());

    assertThat(copies()).isEmpty();
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

  private static CheckpointStore storeOver(dev.weir.connector.SnapshotStore objects) {
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
    CheckpointManifest manifest =
        new CheckpointManifest(
            "job",
            id,
            ATTEMPT,
            8,
            Lineage.NONE.with(new Lineage.Run(ATTEMPT, 1, 0)),
            Map.of("count", List.of(new StagePart(0, new byte[0], files))),
            Optional.empty());
    return new RetainedManifest(store.writeManifest(manifest), manifest);
  }

  private CheckpointManifest newest() {
    var manifests = new dev.weir.internal.snapshot.StoredManifests(objects, "store");
    return manifests.read(manifests.names().get(manifests.names().size() - 1));
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
