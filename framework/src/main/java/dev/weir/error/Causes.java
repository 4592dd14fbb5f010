package dev.weir.error;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Looks behind failures that only carry another one. Pure; thread-safe. */
public final class Causes {
  private Causes() {}

  /**
   * What went wrong, if a future tells of it: futures wrap failures of the stages before them, as
   * often as there are stages, and who asks for a failure's kind means the one inside.
   *
   * @param failure any failure
   * @return the first in the chain that is neither a {@link CompletionException} nor an {@link
   *     ExecutionException}, or the last one
   */
  public static Throwable behind(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof ExecutionException || cause instanceof CompletionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
