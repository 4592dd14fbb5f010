package dev.weir.error;

/**
 * An operating error of Weir. The message has three parts: what was expected or tried, what was
 * found, and what to do.
 */
public class WeirException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what was tried, what was found, what to do
   */
  public WeirException(String message) {
    super(message);
  }

  /**
   * @param message what was tried, what was found, what to do
   * @param cause the error behind this one
   */
  public WeirException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * @return what kind of failure this is
   */
  public FailureKind kind() {
    return FailureKind.BUG;
  }

  /**
   * Whether another attempt from the last completed checkpoint can help. Where it cannot, the job
   * is suspended at once with this error, whatever its restart strategy says.
   *
   * @return what the {@link #kind} says
   */
  public final boolean isRestartable() {
    return kind().isRestartable();
  }
}
