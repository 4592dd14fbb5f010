package dev.weir.internal.state.kind;

/** Checks what user code gives to a state. */
final class Given {
  private Given() {}

  static <T> T present(T given, String state) {
    if (given == null) {
      throw new NullPointerException(
          "State '"
              + state
              + "' was given null, which it cannot hold. To have nothing there, clear or remove.");
    }
    return given;
  }
}
