package dev.weir.testing.house;

/**
 * One broken rule.
 *
 * @param where the file, with a line where there is one; or the class or package
 * @param found what is wrong there
 * @param remedy what to do about it
 */
record Violation(String where, String found, String remedy) {
  @Override
  public String toString() {
    return where + ": " + found + ". " + remedy + ".";
  }
}
