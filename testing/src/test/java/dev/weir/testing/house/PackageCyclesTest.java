package dev.weir.testing.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PackageCyclesTest {
  @Test
  void shouldNameEachImportOfTheCircle() {
    var imports = List.of(edge("a", "b"), edge("b", "c"), edge("c", "a"), edge("c", "d"));

    var violations = new PackageCycles(imports).violations().map(Violation::found).toList();

    assertThat(violations)
        .containsExactly(
            "a and b import each other in a circle",
            "b and c import each other in a circle",
            "c and a import each other in a circle");
  }

  @Test
  void shouldAcceptTwoWaysToOnePackage() {
    var imports = List.of(edge("a", "b"), edge("a", "c"), edge("b", "d"), edge("c", "d"));

    assertThat(new PackageCycles(imports).violations()).isEmpty();
  }

  @Test
  void shouldForgiveAssemblyItsOwnSubPackagesOnly() {
    var back = edge("a.b", "a");
    var wiring = new Import("a", "RoomAssembly", "a.b");
    var foreign = new Import("a", "RoomAssembly", "b");

    assertThat(new PackageCycles(List.of(wiring, back)).violations()).isEmpty();
    assertThat(new PackageCycles(List.of(foreign, edge("b", "a"))).violations()).hasSize(2);
  }

  private static Import edge(String from, String to) {
    return new Import(from, "Thing", to);
  }
}
