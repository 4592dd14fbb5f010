package dev.weir.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlotTableTest {
  private static final int ENTRIES = 5_000;
  private static final int STEPS = 100_000;

  private final Map<Integer, Integer> hashes = new HashMap<>();
  private final SlotTable slots = new SlotTable(hashes::get);

  @Test
  void shouldFindEveryEntryThatIsThere() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    for (int step = 0; step < STEPS; step++) {
      int address = 8 * random.nextInt(ENTRIES);
      if (hashes.containsKey(address)) {
        slots.remove(hashes.get(address), address);
        hashes.remove(address);
      } else {
        hashes.put(address, random.nextInt(ENTRIES)); // Some are alike.
        slots.add(hashes.get(address), address);
      }
    }

    assertThat(slots.count()).isEqualTo(hashes.size());
    hashes.forEach(
        (address, hash) -> assertThat(isFound(hash, address)).as("-Dseed=%s", seed).isTrue());
    assertThat(isFound(hashes.values().iterator().next(), 8 * ENTRIES)).isFalse();
  }

  @Test
  void shouldTellEntriesAlikeApartByTheirAddressUpToTheLargest() {
    int largest = Integer.MAX_VALUE - 15;
    hashes.put(0, 7);
    hashes.put(largest, 7);
    hashes.forEach((address, hash) -> slots.add(hash, address));

    slots.remove(7, 0);

    assertThat(isFound(7, 0)).isFalse();
    assertThat(isFound(7, largest)).isTrue();
  }

  @Test
  void shouldGiveALikelyAddressOfEntriesOnly() {
    Random random = new Random(1);
    for (int address = 0; address < 8 * ENTRIES; address += 8) {
      hashes.put(address, random.nextInt());
      slots.add(hashes.get(address), address);
    }
    Map<Integer, Integer> likely = new HashMap<>();
    hashes.forEach((address, hash) -> likely.put(address, slots.likely(hash)));

    assertThat(likely.values()).allMatch(at -> at == SlotTable.NONE || hashes.containsKey(at));
    assertThat(likely.entrySet().stream().filter(e -> e.getKey().equals(e.getValue())).count())
        .as("most are right")
        .isGreaterThan(ENTRIES * 3L / 4);
  }

  private boolean isFound(int hash, int address) {
    int slot = slots.first(hash);
    while (slot != SlotTable.NONE && slots.address(slot) != address) {
      slot = slots.next(slot, hash);
    }
    return slot != SlotTable.NONE;
  }
}
