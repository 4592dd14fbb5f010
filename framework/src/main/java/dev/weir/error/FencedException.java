package dev.weir.error;

/**
 * A newer attempt of the same job, in this or another process, has taken over. This one ends and
 * changes nothing any more. Never restarted: two instances would fence each other for ever.
 */
public class FencedException extends WeirException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what was tried, what was found, what to do
   */
  public FencedException(String message) {
    super(message);
  }

  /**
   * @param message what was tried, what was found, what to do
   * @param cause the error behind this one
   */
  public FencedException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.FENCED;
  }
}
