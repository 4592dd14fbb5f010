package dev.weir.internal.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class RowCacheTest {
  private final RowCache cache = new RowCache(1 << 20);
  private final RowCache.Key key = new RowCache.Key(1);

  @Test
  void shouldGiveWhatWasPut() {
    cache.put(key("a"), bytes("one"), 3);
    cache.put(key("a"), bytes("two!"), 4);
    cache.put(key("b"), bytes("long value"), 10);

    assertThat(valueOf("a")).isEqualTo("two!");
    assertThat(valueOf("b")).isEqualTo("long value");
    assertThat(valueOf("c")).isNull();
    cache.remove(key("a"));
    cache.remove(key("c"));

    assertThat(valueOf("a")).isNull();
  }

  @Test
  void shouldTellTheLengthOfWhatDoesNotFit() {
    cache.put(key("a"), bytes("long value"), 10);
    byte[] target = new byte[4];

    assertThat(cache.get(key("a"), target)).isEqualTo(10);
    assertThat(target).isEqualTo(bytes("long"));
  }

  @Test
  void shouldKeepTablesApart() {
    RowCache.Key other = new RowCache.Key(2).of(bytes("a"), 1);
    cache.put(key("a"), bytes("one"), 3);

    assertThat(cache.get(other, new byte[8])).isNegative();
  }

  @Test
  void shouldTellWhetherARowMayHaveBeenLetGo() {
    RowCache one = new RowCache(RowSegment.Memory.CHUNK_BYTES);
    byte[] value = new byte[1_000];
    for (int i = 0; i < 50; i++) {
      one.put(key("row-" + i), value, value.length);
    }
    one.remove(key("row-7"));
    assertThat(one.get(key("row-7"), value)).isEqualTo(RowCache.NEVER_LOST);
    assertThat(one.get(key("none"), value)).isEqualTo(RowCache.NEVER_LOST);

    for (int i = 50; i < 100; i++) {
      one.put(key("row-" + i), value, value.length);
    }

    assertThat(one.get(key("row-0"), value)).isEqualTo(RowCache.ABSENT);
    assertThat(one.get(key("none"), value)).isEqualTo(RowCache.ABSENT);
  }

  @Test
  void shouldKnowWithoutItsLockWhereAnEntryIs() {
    RowCache one = new RowCache(RowSegment.Memory.CHUNK_BYTES);
    int hash = key("a").hash();
    assertThat(one.segmentOf(hash).likelyAddress(hash)).isNegative();
    assertThat(one.segmentOf(hash).look(-1)).isZero();
    byte[] value = {1};
    one.put(key("b"), value, 1);
    one.put(key("a"), value, 1);

    int at = one.segmentOf(hash).likelyAddress(hash);

    assertThat(at).isPositive();
    assertThat(one.segmentOf(hash).look(at))
        .as("the first byte of its hash")
        .isEqualTo((byte) hash);
    assertThat(one.segmentOf(hash).look(at + RowSegment.Memory.CHUNK_BYTES)).isZero();
  }

  @Test
  void shouldLetGoWhatWasNotRead() {
    byte[] value = new byte[1_000];
    for (int i = 0; i < 500; i++) {
      cache.put(key("read-" + i), value, value.length);
    }
    for (int i = 0; i < 3_000; i++) {
      cache.put(key("other-" + i), value, value.length);
      cache.get(key("read-" + 3 * (i % 100)), value);
    }

    assertThat(hits("read-", 0, 300, 3)).as("read again and again").isEqualTo(100);
    assertThat(hits("read-", 1, 500, 3)).as("never read").isZero();
    assertThat(hits("other-", 0, 3_000, 1)).as("recent ones").isBetween(300, 1_000);
  }

  private int hits(String prefix, int from, int to, int step) {
    int hits = 0;
    for (int i = from; i < to; i += step) {
      hits += cache.get(key(prefix + i), new byte[0]) < 0 ? 0 : 1;
    }
    return hits;
  }

  @Test
  void shouldNeverGiveAnOldValue() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    Map<String, String> truth = new HashMap<>();
    int hits = 0;
    int surelyNone = 0;
    for (int step = 0; step < 400_000; step++) {
      String name = "key-" + random.nextInt(10_000);
      String value = "v".repeat(random.nextInt(200)) + step;
      switch (random.nextInt(4)) {
        case 0 -> {
          truth.put(name, value);
          cache.put(key(name), bytes(value), value.length());
        }
        case 1 -> {
          truth.remove(name);
          cache.remove(key(name));
        }
        default -> {
          String cached = valueOf(name);
          if (cache.get(key(name), new byte[0]) == RowCache.NEVER_LOST) {
            surelyNone++;
            assertThat(truth).as("-Dseed=%s step %s", seed, step).doesNotContainKey(name);
          }
          hits += cached == null ? 0 : 1;
          assertThat(cached).as("-Dseed=%s step %s", seed, step).isIn(null, truth.get(name));
        }
      }
    }

    assertThat(hits).isGreaterThan(20_000);
    assertThat(surelyNone).isGreaterThan(100);
  }

  @Test
  void shouldNotKeepWhatIsTooLarge() {
    byte[] large = new byte[RowSegment.Memory.CHUNK_BYTES / 4];
    cache.put(key("a"), bytes("small"), 5);
    cache.put(key("a"), large, large.length);

    assertThat(valueOf("a")).as("the old value").isNull();
    assertThat(cache.get(key("a"), new byte[0])).isEqualTo(RowCache.ABSENT);
  }

  @Test
  void shouldGiveWholeValuesWhileOthersWrite() throws Exception {
    ExecutorService io = Executors.newSingleThreadExecutor();
    AtomicBoolean isDone = new AtomicBoolean();
    try {
      Future<?> writing =
          io.submit(
              () -> {
                RowCache.Key own = new RowCache.Key(1);
                for (int i = 0; !isDone.get(); i++) {
                  byte[] name = bytes("key-" + i % 2_000);
                  byte[] value = new byte[100 + i % 400];
                  Arrays.fill(value, (byte) i);
                  cache.put(own.of(name, name.length), value, value.length);
                }
              });
      int hits = 0;
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      byte[] target = new byte[600];
      ExpectedKeys expected = new ExpectedKeys(cache, 1);
      for (int i = 0; hits < 100_000 && System.nanoTime() < end; i++) {
        byte[] name = bytes("key-" + i % 2_000);
        expected.add(name, name.length); // Changes nothing, whatever the other is about.
        if (i % 150 == 0) {
          expected.fetch();
        }
        int length = cache.get(key.of(name, name.length), target);
        if (length >= 0) {
          hits++;
          assertThat(Arrays.mismatch(target, 0, length - 1, target, 1, length)).isEqualTo(-1);
        }
      }
      isDone.set(true);
      writing.get();

      assertThat(hits).isEqualTo(100_000);
    } finally {
      isDone.set(true);
      io.shutdownNow();
    }
  }

  private RowCache.Key key(String name) {
    byte[] bytes = bytes(name);
    return key.of(bytes, bytes.length);
  }

  private String valueOf(String name) {
    byte[] target = new byte[1_024];
    int length = cache.get(key(name), target);
    return length < 0 ? null : new String(target, 0, length, UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
