package dev.weir.serde;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Every built-in type, with random values of it. Seeds and order are part of the golden files. */
final class Samples {
  enum Color {
    RED,
    GREEN,
    BLUE
  }

  record Point(int x, long y) {}

  record Nothing() {}

  record Click(String page, Long time, Optional<Point> at, Color color, double weight) {}

  record Pair<A, B>(A first, B second) {}

  sealed interface Shape {}

  record Circle(double radius) implements Shape {}

  record Polygon(List<Point> corners) implements Shape {}

  /** A plain object. */
  public static final class Person {
    public String name;
    public int age;
    public List<Pair<String, Long>> scores;

    @Override
    public boolean equals(Object other) {
      return other instanceof Person that
          && Objects.equals(name, that.name)
          && age == that.age
          && Objects.equals(scores, that.scores);
    }

    @Override
    public int hashCode() {
      return Objects.hash(name, age, scores);
    }
  }

  /**
   * A type.
   *
   * @param type the type
   * @param value makes a value
   */
  record Sample<T>(TypeRef<T> type, Function<Random, T> value) {}

  private static final List<String> ZONES = List.of("Europe/Paris", "Z", "+01:00", "UTC");

  private Samples() {}

  static List<Sample<?>> all() {
    List<Sample<?>> all = new ArrayList<>(scalars());
    all.addAll(times());
    all.addAll(compounds());
    return all;
  }

  private static List<Sample<?>> scalars() {
    return List.of(
        new Sample<>(new TypeRef<Boolean>() {}, Random::nextBoolean),
        new Sample<>(new TypeRef<Byte>() {}, r -> (byte) r.nextInt()),
        new Sample<>(new TypeRef<Short>() {}, r -> (short) r.nextInt()),
        new Sample<>(new TypeRef<Character>() {}, r -> (char) r.nextInt()),
        new Sample<>(new TypeRef<Integer>() {}, Random::nextInt),
        new Sample<>(new TypeRef<Long>() {}, Random::nextLong),
        new Sample<>(new TypeRef<Float>() {}, Random::nextFloat),
        new Sample<>(new TypeRef<Double>() {}, Random::nextDouble),
        new Sample<>(new TypeRef<String>() {}, Samples::text),
        new Sample<>(new TypeRef<BigInteger>() {}, r -> new BigInteger(r.nextInt(200), r)),
        new Sample<>(
            new TypeRef<BigDecimal>() {},
            r -> new BigDecimal(new BigInteger(r.nextInt(100), r), r.nextInt())),
        new Sample<>(new TypeRef<UUID>() {}, r -> new UUID(r.nextLong(), r.nextLong())),
        new Sample<>(new TypeRef<Color>() {}, r -> List.of(Color.values()).get(r.nextInt(3))),
        new Sample<>(new TypeRef<Month>() {}, r -> Month.of(1 + r.nextInt(12))));
  }

  private static List<Sample<?>> times() {
    return List.of(
        new Sample<>(
            new TypeRef<Instant>() {}, r -> Instant.ofEpochSecond(r.nextInt(), r.nextInt(1000))),
        new Sample<>(
            new TypeRef<Duration>() {}, r -> Duration.ofSeconds(r.nextLong(), r.nextInt(1000))),
        new Sample<>(
            new TypeRef<Period>() {}, r -> Period.of(r.nextInt(), r.nextInt(), r.nextInt())),
        new Sample<>(new TypeRef<LocalDate>() {}, r -> dateTime(r).toLocalDate()),
        new Sample<>(new TypeRef<LocalTime>() {}, r -> dateTime(r).toLocalTime()),
        new Sample<>(new TypeRef<LocalDateTime>() {}, Samples::dateTime),
        new Sample<>(
            new TypeRef<OffsetTime>() {}, r -> dateTime(r).atOffset(offset(r)).toOffsetTime()),
        new Sample<>(new TypeRef<OffsetDateTime>() {}, r -> dateTime(r).atOffset(offset(r))),
        new Sample<>(new TypeRef<ZonedDateTime>() {}, r -> dateTime(r).atZone(zone(r))),
        new Sample<>(new TypeRef<Year>() {}, r -> Year.of(r.nextInt(3000))),
        new Sample<>(new TypeRef<YearMonth>() {}, r -> YearMonth.of(r.nextInt(3000), 2)),
        new Sample<>(new TypeRef<MonthDay>() {}, r -> MonthDay.of(2, 1 + r.nextInt(29))),
        new Sample<>(new TypeRef<ZoneId>() {}, Samples::zone),
        new Sample<>(new TypeRef<ZoneOffset>() {}, Samples::offset));
  }

  private static List<Sample<?>> compounds() {
    return List.of(
        new Sample<>(new TypeRef<byte[]>() {}, r -> text(r).getBytes(UTF_8)),
        new Sample<>(new TypeRef<boolean[]>() {}, r -> new boolean[] {r.nextBoolean(), true}),
        new Sample<>(new TypeRef<short[]>() {}, r -> new short[] {(short) r.nextInt(), -1}),
        new Sample<>(new TypeRef<char[]>() {}, r -> text(r).toCharArray()),
        new Sample<>(new TypeRef<int[]>() {}, r -> r.ints(r.nextInt(5)).toArray()),
        new Sample<>(new TypeRef<long[]>() {}, r -> r.longs(r.nextInt(5)).toArray()),
        new Sample<>(new TypeRef<float[]>() {}, r -> new float[] {r.nextFloat()}),
        new Sample<>(new TypeRef<double[]>() {}, r -> r.doubles(r.nextInt(5)).toArray()),
        new Sample<>(new TypeRef<List<String>>() {}, r -> listOf(r, Samples::text)),
        new Sample<>(
            new TypeRef<Set<Long>>() {}, r -> new LinkedHashSet<>(listOf(r, Random::nextLong))),
        new Sample<>(new TypeRef<Map<String, List<Point>>>() {}, Samples::map),
        new Sample<>(new TypeRef<Optional<Point>>() {}, r -> optional(r, Samples::point)),
        new Sample<>(new TypeRef<Nothing>() {}, r -> new Nothing()),
        new Sample<>(new TypeRef<Point>() {}, Samples::point),
        new Sample<>(new TypeRef<Click>() {}, Samples::click),
        new Sample<>(
            new TypeRef<Pair<Pair<String, Integer>, List<Color>>>() {},
            r -> new Pair<>(new Pair<>(text(r), r.nextInt()), listOf(r, s -> Color.RED))),
        new Sample<>(new TypeRef<Shape>() {}, Samples::shape),
        new Sample<>(new TypeRef<Person>() {}, Samples::person));
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      text.append("ab?\u00e4\u20ac\u0000\ud83d\ude00".charAt(random.nextInt(8)));
    }
    return text.toString();
  }

  private static LocalDateTime dateTime(Random random) {
    return LocalDateTime.ofEpochSecond(random.nextInt(), random.nextInt(1000), ZoneOffset.UTC);
  }

  private static ZoneId zone(Random random) {
    return ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
  }

  private static ZoneOffset offset(Random random) {
    return ZoneOffset.ofTotalSeconds(random.nextInt(1000));
  }

  private static <E> List<E> listOf(Random random, Function<Random, E> element) {
    List<E> list = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      list.add(element.apply(random));
    }
    return list;
  }

  private static <E> Optional<E> optional(Random random, Function<Random, E> value) {
    return random.nextBoolean() ? Optional.of(value.apply(random)) : Optional.empty();
  }

  private static Map<String, List<Point>> map(Random random) {
    Map<String, List<Point>> map = new LinkedHashMap<>();
    for (String key : listOf(random, Samples::text)) {
      map.put(key, listOf(random, Samples::point));
    }
    return map;
  }

  private static Point point(Random random) {
    return new Point(random.nextInt(), random.nextLong());
  }

  private static Click click(Random random) {
    return new Click(
        random.nextBoolean() ? text(random) : null,
        random.nextBoolean() ? random.nextLong() : null,
        optional(random, Samples::point),
        random.nextBoolean() ? Color.GREEN : null,
        random.nextDouble());
  }

  private static Shape shape(Random random) {
    return random.nextBoolean()
        ? new Circle(random.nextDouble())
        : new Polygon(listOf(random, Samples::point));
  }

  private static Person person(Random random) {
    Person person = new Person();
    person.name = random.nextBoolean() ? text(random) : null;
    person.age = random.nextInt();
    person.scores = listOf(random, r -> new Pair<>(text(r), r.nextLong()));
    return person;
  }
}
