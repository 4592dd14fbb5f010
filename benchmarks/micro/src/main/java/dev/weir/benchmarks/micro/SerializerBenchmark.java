package dev.weir.benchmarks.micro;

import dev.weir.internal.base.ByteInput;
import dev.weir.internal.base.ByteOutput;
import dev.weir.internal.key.KeyHash;
import dev.weir.serde.TypeSerializer;
import dev.weir.serde.TypeSerializers;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A key's hash, and a record written and read. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class SerializerBenchmark {
  private final TypeSerializer<Visit> serializer = TypeSerializers.of(Visit.class);
  private final Visit visit = new Visit("/index", 42, 1_795_262_400_000L);
  private final KeyHash<Visit> recordHash = KeyHash.of(serializer);
  private final KeyHash<String> stringHash = KeyHash.of(TypeSerializers.of(String.class));
  private final ByteOutput bytes = new ByteOutput(64);
  private final ByteInput input = new ByteInput();

  /** What is written. */
  public record Visit(String page, int user, long time) {}

  /** A record, written and read back. */
  @Benchmark
  public Visit roundTrip() throws IOException {
    bytes.truncate(0);
    serializer.serialize(visit, bytes);
    return serializer.deserialize(input.wrap(bytes.array(), 0, bytes.length()));
  }

  /** Hash of a key that is serialized for it. */
  @Benchmark
  public int recordKeyHash() {
    return recordHash.hash(visit);
  }

  /** Hash of a key whose hash code is specified. */
  @Benchmark
  public int stringKeyHash() {
    return stringHash.hash("/index");
  }
}
