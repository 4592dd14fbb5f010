package dev.weir.error;

/**
 * The checkpoint that the ledger names cannot be restored as it is: a file is missing or damaged, a
 * stage is gone, a type has changed. The job refuses to start and touches nothing. Never restarted.
 */
public class RestoreException extends WeirException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what was tried, what was found, what to do
   */
  public RestoreException(String message) {
    super(message);
  }

  /**
   * @param message what was tried, what was found, what to do
   * @param cause the error behind this one
   */
  public RestoreException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.SETUP;
  }
}
