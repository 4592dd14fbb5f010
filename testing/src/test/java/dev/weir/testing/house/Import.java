package dev.weir.testing.house;

/**
 * One class that knows another.
 *
 * @param fromPackage the package of the class that imports
 * @param fromType its outermost type's simple name
 * @param toPackage the package of the class that is imported
 */
record Import(String fromPackage, String fromType, String toPackage) {
  /** Assemblies wire a room with its sub-packages, by constructor calls. */
  boolean isWiring() {
    return fromType.endsWith("Assembly") || fromType.endsWith("Assembler");
  }

  String where() {
    return fromPackage + "." + fromType;
  }

  boolean pointsIntoOwnSubPackage() {
    return toPackage.startsWith(fromPackage + ".");
  }
}
