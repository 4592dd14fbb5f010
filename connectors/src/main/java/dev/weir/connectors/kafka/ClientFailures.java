package dev.weir.connectors.kafka;

import dev.weir.error.Causes;
import dev.weir.error.ConnectorException;
import dev.weir.error.InvalidConfigException;
import dev.weir.error.UnrecoverableConnectorException;
import dev.weir.error.WeirException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Tells failures of Kafka's clients as Weir's errors: what was tried, what was found, what to do.
 * Pure.
 */
public final class ClientFailures {
  private ClientFailures() {}

  /**
   * @param failure what a client threw
   * @param tried what was tried, such as {@code describe topic 'input'}
   * @param servers the brokers' addresses
   * @return the error to throw
   */
  public static WeirException of(Throwable failure, String tried, String servers) {
    Throwable cause = Causes.behind(failure);
    String begin = "Tried to " + tried + " at " + servers + ", ";
    if (cause instanceof WeirException known) {
      return known;
    }
    if (cause instanceof AuthenticationException || cause instanceof AuthorizationException) {
      return new UnrecoverableConnectorException(
          begin + "was refused: " + told(cause) + ". Check the credentials and the ACLs.", cause);
    }
    if (isWrongSetting(cause)) {
      return new InvalidConfigException(
          begin + "the client refused its settings: " + told(cause) + ". Correct the setting.",
          cause);
    }
    if (cause instanceof RetriableException || cause instanceof TimeoutException) {
      return new ConnectorException(
          begin
              + "got no good answer in time: "
              + told(cause)
              + ". Check that the broker runs and that this address can be reached from here.",
          cause);
    }
    return new ConnectorException(
        begin + "found: " + told(cause) + ". See the broker's log for the reason.", cause);
  }

  private static boolean isWrongSetting(Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof ConfigException) {
        return !String.valueOf(t.getMessage()).contains("No resolvable bootstrap urls");
      }
    }
    return false;
  }

  private static String told(Throwable cause) {
    String name =
        cause instanceof InterruptException || cause instanceof InterruptedException
            ? "an interrupt"
            : cause.getClass().getSimpleName();
    Throwable inner = cause.getCause();
    String message = cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")";
    return inner == null
            || inner.getMessage() == null
            || inner.getMessage().equals(cause.getMessage())
        ? name + message
        : name
            + message
            + ", because of "
            + inner.getClass().getSimpleName()
            + " ("
            + inner.getMessage()
            + ")";
  }
}
