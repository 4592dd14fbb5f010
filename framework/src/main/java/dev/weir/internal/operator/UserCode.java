package dev.weir.internal.operator;

import dev.weir.error.FunctionException;
import dev.weir.error.WeirException;

/** Turns what user code throws, or forgets to return, into errors that name the stage. */
final class UserCode {
  private UserCode() {}

  static <R> R required(R result, String stage, String function) {
    if (result == null) {
      throw new FunctionException(
          "The "
              + function
              + " of stage '"
              + stage
              + "' returned null. Return a value, or drop the record with filter or flatMap.",
          null);
    }
    return result;
  }

  static WeirException failed(Exception cause, String stage, String function) {
    if (cause instanceof WeirException known) {
      return known;
    }
    return new FunctionException(
        "The " + function + " of stage '" + stage + "' failed: " + cause + ". See the cause.",
        cause);
  }
}
