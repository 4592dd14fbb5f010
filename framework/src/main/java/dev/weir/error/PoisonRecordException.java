package dev.weir.error;

/**
 * A record that cannot be read: it will not be readable the next time either. The message names
 * where it lies. Never restarted.
 */
public class PoisonRecordException extends UnrecoverableConnectorException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what was tried, what was found, what to do
   * @param cause the error behind this one
   */
  public PoisonRecordException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.POISON_RECORD;
  }
}
