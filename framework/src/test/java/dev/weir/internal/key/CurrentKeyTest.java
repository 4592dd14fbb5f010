package dev.weir.internal.key;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CurrentKeyTest {
  private final CurrentKey<String> current = new CurrentKey<>();

  @Test
  void shouldGoThroughTheExpectedKeysAndThenTakeOthers() {
    current.expect(new String[] {"a", "b"});

    assertThat(current.beginNext()).isTrue();
    assertThat(current.get()).isEqualTo("a");
    assertThat(current.beginNext()).isTrue();
    assertThat(current.get()).isEqualTo("b");
    assertThat(current.beginNext()).isFalse();

    current.begin("c");
    assertThat(current.get()).isEqualTo("c");
  }

  @Test
  void shouldKnowOnlyTheVeryObjectThatIsCurrent() {
    String first = new String("a");
    String equal = new String("a");
    current.expect(new String[] {first, equal});

    current.beginNext();
    assertThat(current.placeOf(first)).isZero();
    assertThat(current.placeOf(equal)).isEqualTo(-1);
    current.beginNext();
    assertThat(current.placeOf(first)).isEqualTo(-1);
    assertThat(current.placeOf(equal)).isOne();

    current.begin(equal);
    assertThat(current.placeOf(equal)).isEqualTo(-1);
  }
}
