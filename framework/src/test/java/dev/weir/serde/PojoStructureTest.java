package dev.weir.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.error.InvalidPipelineException;
import java.io.IOException;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PojoStructureTest {
  public static class Person implements Principal {
    public String town;
    public transient String greeting = "hello";
    static int count;
    private String name;
    private int age;
    private boolean admin;
    private List<String> tags = new ArrayList<>();

    @Override
    public String getName() {
      return name;
    }

    public void setName(String name) {
      this.name = name;
    }

    public int age() {
      return age;
    }

    public void setAge(int age) {
      this.age = age;
    }

    public boolean isAdmin() {
      return admin;
    }

    public void setAdmin(boolean admin) {
      this.admin = admin;
    }

    public List<String> tags() {
      return tags;
    }

    public void setTags(List<String> tags) {
      this.tags = tags;
    }
  }

  public static final class Employee extends Person {
    public long salary;
  }

  public static final class Point {
    public int x;
    public int y;

    @Override
    public boolean equals(Object other) {
      return other instanceof Point that && x == that.x && y == that.y;
    }

    @Override
    public int hashCode() {
      return Objects.hash(x, y);
    }
  }

  public static final class WithoutSetter {
    private int age;

    public int age() {
      return age;
    }
  }

  public static final class WithoutGetter {
    private int age;

    public void setAge(int age) {
      this.age = age + 1;
    }

    public long age() {
      return age;
    }
  }

  public static final class WithFinal {
    public final int age = 1;
  }

  public static final class Hiding extends Person {
    @SuppressWarnings("HidingField") // That is what is refused.
    public String town;
  }

  public static final class WithoutFields {}

  public static final class WithoutConstructor {
    public int age;

    WithoutConstructor() {}
  }

  public abstract static class Unfinished {
    public int age;
  }

  @Test
  void shouldWriteFieldsAndInheritedFieldsInTheOrderOfTheirNames() throws IOException {
    TypeSerializer<Employee> serializer = TypeSerializers.of(Employee.class);
    Employee employee = new Employee();
    employee.setName("Ada");
    employee.town = "London";
    employee.salary = 9;
    employee.setAge(36);
    employee.setAdmin(true);
    employee.setTags(List.of("a"));

    Employee read = Bytes.read(serializer, Bytes.of(serializer, employee));

    assertThat(read).usingRecursiveComparison().isEqualTo(employee);
    assertThat(serializer.schema().text())
        .isEqualTo(
            "record Employee(admin:boolean,age:int,name:string?,salary:long,tags:list<string>?,"
                + "town:string?)");
    assertThat(serializer.isImmutable()).isFalse();
  }

  @Test
  void shouldCopyDeeply() {
    TypeSerializer<Person> serializer = TypeSerializers.of(Person.class);
    Person person = new Person();
    person.tags().add("a");

    Person copy = serializer.copy(person);
    copy.tags().add("b");
    copy.setAge(1);

    assertThat(person.tags()).containsExactly("a");
    assertThat(person.age()).isZero();
  }

  @Test
  void shouldRefuseASubclassWhoseFieldsWouldBeLost() {
    TypeSerializer<Person> serializer = TypeSerializers.of(Person.class);

    assertThatThrownBy(() -> Bytes.of(serializer, new Employee()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("Person", "Employee", "sealed interface");
  }

  @ParameterizedTest
  @ValueSource(classes = {WithoutSetter.class, WithoutGetter.class, WithFinal.class})
  void shouldNameTheFieldThatCannotBeWritten(Class<?> type) {
    assertThatThrownBy(() -> TypeSerializers.of(type))
        .isInstanceOf(InvalidPipelineException.class)
        .hasMessageContainingAll(type.getName() + ".age", "Make it public and not final");
  }

  @Test
  void shouldRefuseClassesThatAreNoPlainObjects() {
    assertThatThrownBy(() -> TypeSerializers.of(Hiding.class))
        .isInstanceOf(InvalidPipelineException.class)
        .hasMessageContainingAll("Hiding.town", "two fields");
    assertThatThrownBy(() -> TypeSerializers.of(WithoutFields.class))
        .isInstanceOf(InvalidPipelineException.class)
        .hasMessageContaining("no fields");
    for (Class<?> type : List.of(WithoutConstructor.class, Unfinished.class, Object.class)) {
      assertThatThrownBy(() -> TypeSerializers.of(type))
          .isInstanceOf(InvalidPipelineException.class)
          .hasMessageContainingAll(type.getName(), "public constructor");
    }
  }

  @Test
  void shouldBeAKeyOnlyWithEqualsAndHashCode() {
    assertThatThrownBy(() -> TypeSerializers.requireKey(TypeSerializers.of(Person.class)))
        .isInstanceOf(InvalidPipelineException.class)
        .hasMessageContaining("no equals and hashCode");
    assertThat(TypeSerializers.requireKey(TypeSerializers.of(Point.class))).isNotNull();
  }
}
