package dev.weir.schema;

/**
 * A part that cannot be read as it is now declared.
 *
 * @param path where the part is, such as {@code customer.tags[]}; empty for the whole value
 * @param written how it was written
 * @param declared how the program declares it now
 * @param advice what to do, a clause
 */
public record Mismatch(String path, String written, String declared, String advice) {
  /**
   * @param step a field's name, or {@code []}, {@code [key]}, {@code [value]}
   * @return the same for the whole that the part is in
   */
  public Mismatch at(String step) {
    String separator = path.isEmpty() || path.startsWith("[") ? "" : ".";
    return new Mismatch(step + separator + path, written, declared, advice);
  }

  @Override
  public String toString() {
    return (path.isEmpty() ? "the value" : path)
        + " was written as "
        + written
        + " and is now "
        + declared
        + ": "
        + advice;
  }
}
