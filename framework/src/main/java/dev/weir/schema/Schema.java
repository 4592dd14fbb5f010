package dev.weir.schema;

import java.util.List;
import java.util.Objects;

/**
 * Describes how values of one type are written. Immutable; equal when the text is. The text is
 * stored in each state file, for the next version of the program and for people:
 *
 * <pre>
 *   schema = basic | basic "[]"                                   long     int[]
 *          | "list&lt;" schema "&gt;" | "set&lt;" schema "&gt;"
 *          | "optional&lt;" schema "&gt;" | "map&lt;" schema "," schema "&gt;"
 *          | "enum " name "(" names ")"                           enum Color(RED,GREEN)
 *          | "record " name "(" fields ")"                        record Click(page:string?,time:long)
 *          | "union " name "(" records ")"
 *          | name [quoted]                                        a serializer of one's own
 *   field  = name ":" schema ["?"]                                a question mark: may be null
 * </pre>
 *
 * Names that are not letters, digits, {@code _ $ . -} stand in double quotes.
 */
public sealed interface Schema {
  /**
   * @return the canonical text
   */
  default String text() {
    return toString();
  }

  /**
   * @param text a canonical text
   * @return the schema that it describes
   * @throws IllegalArgumentException if it describes none; says at which character
   */
  static Schema parse(String text) {
    return new SchemaParser(Objects.requireNonNull(text, "text")).parse();
  }

  /**
   * Describes what a serializer of one's own writes.
   *
   * @param name names the written form; whoever changes the form changes the name or the text
   * @return the schema
   */
  static Schema custom(String name) {
    return new Custom(name, "");
  }

  /** A value without parts. Numbers are big-endian. */
  enum Basic implements Schema {
    /** One byte, 0 or 1. */
    BOOLEAN("boolean"),
    /** One byte. */
    BYTE("byte"),
    /** Two bytes. */
    SHORT("short"),
    /** Two bytes, a UTF-16 unit. */
    CHAR("char"),
    /** Four bytes. */
    INT("int"),
    /** Eight bytes. */
    LONG("long"),
    /** Four bytes, IEEE 754. */
    FLOAT("float"),
    /** Eight bytes, IEEE 754. */
    DOUBLE("double"),
    /** A length and UTF-8. */
    STRING("string"),
    /** A length and the bytes. */
    BYTES("bytes"),
    /** A length and a number in two's complement, any number of bytes. */
    INTEGER("integer"),
    /** An int scale and an integer. */
    DECIMAL("decimal"),
    /** Two longs. */
    UUID("uuid"),
    /** A long of seconds since 1970 and an int of nanoseconds. */
    INSTANT("instant"),
    /** A long of seconds and an int of nanoseconds. */
    DURATION("duration"),
    /** Three ints: years, months, days. */
    PERIOD("period"),
    /** A long of days since 1970. */
    DATE("date"),
    /** A long of nanoseconds since midnight. */
    TIME("time"),
    /** A date and a time. */
    DATETIME("datetime"),
    /** A time and an offset. */
    OFFSET_TIME("offset-time"),
    /** A date, a time and an offset. */
    OFFSET_DATETIME("offset-datetime"),
    /** A date, a time, an offset and a zone. */
    ZONED_DATETIME("zoned-datetime"),
    /** An int. */
    YEAR("year"),
    /** Two ints. */
    YEAR_MONTH("year-month"),
    /** Two bytes. */
    MONTH_DAY("month-day"),
    /** A string, the zone's name. */
    ZONE("zone"),
    /** An int of seconds. */
    OFFSET("offset");

    private final String word;

    Basic(String word) {
      this.word = word;
    }

    @Override
    public String toString() {
      return word;
    }
  }

  /**
   * An array of primitives.
   *
   * @param element the primitive
   */
  record ArrayOf(Basic element) implements Schema {
    @Override
    public String toString() {
      return element + "[]";
    }
  }

  /**
   * Values in order.
   *
   * @param element each of them, none null
   */
  record ListOf(Schema element) implements Schema {
    @Override
    public String toString() {
      return "list<" + element + ">";
    }
  }

  /**
   * Values without order, written in the order of their bytes.
   *
   * @param element each of them, none null
   */
  record SetOf(Schema element) implements Schema {
    @Override
    public String toString() {
      return "set<" + element + ">";
    }
  }

  /**
   * Entries without order, written in the order of their bytes.
   *
   * @param key each key, none null
   * @param value each value, none null
   */
  record MapOf(Schema key, Schema value) implements Schema {
    @Override
    public String toString() {
      return "map<" + key + "," + value + ">";
    }
  }

  /**
   * A value or none.
   *
   * @param value the value
   */
  record OptionalOf(Schema value) implements Schema {
    @Override
    public String toString() {
      return "optional<" + value + ">";
    }
  }

  /**
   * One of a set of names.
   *
   * @param name simple name of the enum
   * @param constants names of its constants
   */
  record EnumOf(String name, List<String> constants) implements Schema {
    /** Copies the names. */
    public EnumOf {
      constants = List.copyOf(constants);
    }

    @Override
    public String toString() {
      return "enum " + SchemaNames.written(name) + SchemaNames.listed(constants);
    }
  }

  /**
   * Fields in order; of a Java record or of a class.
   *
   * @param name simple name of the class
   * @param fields its fields
   */
  record RecordOf(String name, List<Field> fields) implements Schema {
    /** Copies the fields. */
    public RecordOf {
      fields = List.copyOf(fields);
    }

    @Override
    public String toString() {
      return "record " + SchemaNames.written(name) + SchemaNames.inBrackets(fields);
    }
  }

  /**
   * A field of a record.
   *
   * @param name its name
   * @param schema what stands in it
   * @param isNullable whether it may be null, which is one bit before the fields
   */
  record Field(String name, Schema schema, boolean isNullable) {
    @Override
    public String toString() {
      return SchemaNames.written(name) + ":" + schema + (isNullable ? "?" : "");
    }
  }

  /**
   * One of several records, written behind its name.
   *
   * @param name simple name of the sealed interface
   * @param cases the records, names unique
   */
  record UnionOf(String name, List<RecordOf> cases) implements Schema {
    /** Copies the cases. */
    public UnionOf {
      cases = List.copyOf(cases);
    }

    @Override
    public String toString() {
      return "union " + SchemaNames.written(name) + SchemaNames.inBrackets(cases);
    }
  }

  /**
   * A form that only its own serializer knows.
   *
   * @param name names the form
   * @param details describes it further, such as a schema in another language; may be empty
   */
  record Custom(String name, String details) implements Schema {
    /** Checks that there is a name. */
    public Custom {
      if (name.isEmpty()) {
        throw new IllegalArgumentException("A schema needs a name, found an empty one. Name it.");
      }
    }

    @Override
    public String toString() {
      return SchemaNames.writtenCustom(name)
          + (details.isEmpty() ? "" : " " + SchemaNames.quoted(details));
    }
  }
}
