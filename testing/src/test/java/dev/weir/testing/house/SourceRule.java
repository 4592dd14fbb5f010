package dev.weir.testing.house;

import java.util.stream.Stream;

/** A rule that looks at one source file alone. */
@FunctionalInterface
interface SourceRule {
  Stream<Violation> violations(SourceFile file);
}
