package dev.weir.serde;

import dev.weir.internal.base.ByteInput;
import dev.weir.internal.base.ByteOutput;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Measures how fast records are written and read: by handles, part by part, and by hand. Not a
 * test; run {@code main} with the module's test class path on an idle machine.
 */
final class RecordFormBenchmark {
  private static final int RECORDS = 1000;
  private static final int ROUNDS = 14;
  private static final long ROUND_NANOS = 300_000_000L;

  record Click(String page, long time, int count, double weight, boolean flag) {}

  record Numbers(long time, int count, double weight) {}

  private RecordFormBenchmark() {}

  /** Prints nanoseconds per record, the best of the rounds. */
  public static void main(String[] args) throws IOException {
    List<Click> clicks =
        IntStream.range(0, RECORDS)
            .mapToObj(i -> new Click("/page/" + i, 1_700_000_000_000L + i, i, i * 0.5, i % 2 == 0))
            .toList();
    List<Numbers> numbers =
        IntStream.range(0, RECORDS).mapToObj(i -> new Numbers(1L << 40 | i, i, i * 0.5)).toList();
    for (int warmUpAndRun = 0; warmUpAndRun < 2; warmUpAndRun++) {
      measure("clicks, handles", form(Click.class, false), clicks);
      measure("clicks, part by part", form(Click.class, true), clicks);
      measure("clicks, by hand", new ClicksByHand(), clicks);
      measure("numbers, handles", form(Numbers.class, false), numbers);
      measure("numbers, part by part", form(Numbers.class, true), numbers);
      measure("numbers, by hand", new NumbersByHand(), numbers);
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // Each meets values of its own field only.
  private static <T extends Record> StructSerializer.Form<T> form(Class<T> type, boolean byPart) {
    StructSerializer<T> serializer = (StructSerializer<T>) TypeSerializers.of(type);
    TypeSerializer<Object>[] parts = serializer.parts().toArray(new TypeSerializer[0]);
    return byPart
        ? new StructSerializer.PartForm<>(
            serializer.structure(), parts, NullBits.of(serializer.schema()))
        : RecordForm.of((RecordStructure<T>) serializer.structure(), serializer.parts());
  }

  private static <T> void measure(String what, StructSerializer.Form<T> form, List<T> values)
      throws IOException {
    ByteOutput out = new ByteOutput(1 << 20);
    ByteInput in = new ByteInput();
    double write = Double.MAX_VALUE;
    double read = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      write = Math.min(write, nanosPerRecord(() -> writeAll(form, values, out)));
      read =
          Math.min(
              read, nanosPerRecord(() -> readAll(form, in.wrap(out.array(), 0, out.length()))));
    }
    System.out.printf(Locale.ROOT, "%-24s write %5.1f   read %5.1f%n", what, write, read);
  }

  private static double nanosPerRecord(Pass pass) throws IOException {
    long start = System.nanoTime();
    long records = 0;
    while (System.nanoTime() - start < ROUND_NANOS) {
      pass.run();
      records += RECORDS;
    }
    return (System.nanoTime() - start) / (double) records;
  }

  private static <T> void writeAll(StructSerializer.Form<T> form, List<T> values, ByteOutput out)
      throws IOException {
    out.truncate(0);
    for (T value : values) {
      form.write(value, out);
    }
  }

  private static <T> void readAll(StructSerializer.Form<T> form, ByteInput in) throws IOException {
    for (int i = 0; i < RECORDS; i++) {
      if (form.read(in) == null) {
        throw new IllegalStateException("Read nothing");
      }
    }
  }

  private interface Pass {
    void run() throws IOException;
  }

  private static final class ClicksByHand implements StructSerializer.Form<Click> {
    @Override
    public void write(Click value, DataOutput out) throws IOException {
      out.writeByte(value.page() == null ? 1 : 0);
      StringEncoding.write(value.page(), out);
      out.writeLong(value.time());
      out.writeInt(value.count());
      out.writeDouble(value.weight());
      out.writeBoolean(value.flag());
    }

    @Override
    public Click read(DataInput in) throws IOException {
      in.readByte();
      String page = StringEncoding.read(in);
      long time = in.readLong();
      int count = in.readInt();
      double weight = in.readDouble();
      return new Click(page, time, count, weight, in.readBoolean());
    }
  }

  private static final class NumbersByHand implements StructSerializer.Form<Numbers> {
    @Override
    public void write(Numbers value, DataOutput out) throws IOException {
      out.writeLong(value.time());
      out.writeInt(value.count());
      out.writeDouble(value.weight());
    }

    @Override
    public Numbers read(DataInput in) throws IOException {
      long time = in.readLong();
      int count = in.readInt();
      return new Numbers(time, count, in.readDouble());
    }
  }
}
