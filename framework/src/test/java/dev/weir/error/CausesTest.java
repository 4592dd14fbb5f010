package dev.weir.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class CausesTest {
  private final StorageException inner = new StorageException("the disk is away", null);

  @Test
  void shouldFindTheKindOfWhatWentWrongBehindHoweverManyStages() throws Exception {
    CompletableFuture<Void> failed =
        CompletableFuture.runAsync(
            () -> {
              throw inner;
            });
    CompletableFuture<Void> last = failed.thenRun(() -> {}).thenRun(() -> {});
    Throwable told = last.handle((nothing, failure) -> failure).get();

    assertThat(told).isInstanceOf(CompletionException.class);
    assertThat(FailureKind.of(Causes.behind(told))).isEqualTo(FailureKind.STORAGE);
    assertThat(Causes.behind(new ExecutionException(told))).isSameAs(inner);
  }

  @Test
  void shouldLeaveAllOthersAsTheyAre() {
    IllegalStateException other = new IllegalStateException(inner);

    assertThat(Causes.behind(other)).isSameAs(other);
    assertThat(Causes.behind(new CompletionException("no cause", null)))
        .isInstanceOf(CompletionException.class);
  }
}
