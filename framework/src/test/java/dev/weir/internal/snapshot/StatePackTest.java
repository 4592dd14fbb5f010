package dev.weir.internal.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.error.StorageException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StatePackTest {
  private static final Path ROOT = Path.of("/job");

  private final LossyDisk disk = new LossyDisk(ROOT);
  private final CheckpointStore store = FolderStores.in(ROOT, disk);

  @BeforeEach
  void open() {
    store.open("job");
  }

  @Test
  void shouldPutSmallFilesOfAllTasksIntoOneObject() {
    StatePack pack = store.pack(3, 1, 2);

    FileRef one = pack.write("count-0.delta", out -> out.writeUTF("one"));
    CompletableFuture<Void> first = pack.done().toCompletableFuture();
    FileRef other = pack.write("count-1.delta", out -> out.writeUTF("other"));

    assertThat(first).as("the first task waits for the second").isNotDone();
    assertThat(pack.done().toCompletableFuture()).isCompleted();
    assertThat(first).isCompleted();
    assertThat(one.location()).isEqualTo(other.location()).isEqualTo("checkpoints/3-1/state.weir");
    store.read(one, in -> assertThat(in.readUTF()).isEqualTo("one"));
    store.read(other, in -> assertThat(in.readUTF()).isEqualTo("other"));
    assertThat(one.checkpointId()).isEqualTo(3);
  }

  @Test
  void shouldWriteNothingWhenNoTaskHasAny() {
    StatePack pack = store.pack(3, 1, 2);
    pack.done();

    assertThat(pack.done().toCompletableFuture()).isCompleted();
    assertThat(disk.files()).isEqualTo(List.of(ROOT.resolve("weir-job")));
    assertThatThrownBy(pack::done).isInstanceOf(IllegalStateException.class);
  }

  @Tag("S45")
  @Test
  void shouldKeepFilesOfSizesAroundTheLimitWhereTheyGetAnObjectOfTheirOwn() {
    for (int off = -64; off <= 64; off += 16) {
      byte[] bytes = new byte[StatePack.LARGE + off];
      new Random(off).nextBytes(bytes);
      StatePack pack = store.pack(1_000 + off, 1, 1);

      FileRef file =
          pack.write(
              "f",
              out -> {
                out.write(bytes, 0, StatePack.LARGE / 2);
                out.write(bytes, StatePack.LARGE / 2, bytes.length - StatePack.LARGE / 2);
              });
      pack.done();

      assertThat(file.location()).endsWith(off > 0 ? "/f.weir" : "/state.weir");
      store.read(file, in -> assertThat(in.readAllBytes()).isEqualTo(bytes));
    }
  }

  @Test
  void shouldTellEveryTaskWhenItCannotBeWritten() {
    StatePack pack = store.pack(3, 1, 2);
    pack.write("count-0.delta", out -> out.writeUTF("one"));
    CompletableFuture<Void> first = pack.done().toCompletableFuture();
    disk.failAt(disk.effects().size());

    CompletableFuture<Void> last = pack.done().toCompletableFuture();

    assertThat(first).isCompletedExceptionally();
    assertThatThrownBy(last::join)
        .hasCauseInstanceOf(StorageException.class)
        .hasMessageContaining("checkpoints/3-1/state.weir");
  }
}
