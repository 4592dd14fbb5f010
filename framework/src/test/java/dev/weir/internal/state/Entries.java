package dev.weir.internal.state;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.weir.internal.key.EntryKey;
import java.util.ArrayList;
import java.util.List;

/** Counters by owner and entry, whose bytes are those of a text. */
public record Entries(StateTable<EntryKey<String>, Counter> table) {
  /** The bytes of an entry. */
  static byte[] bytes(String entry) {
    return entry.getBytes(ISO_8859_1);
  }

  static EntryKey<String> key(String owner, String entry) {
    return new EntryKey<>(owner, bytes(entry));
  }

  static String entryOf(StateTable.Scan<EntryKey<String>, Counter> scan) {
    return entryOf(scan.key());
  }

  static String entryOf(EntryKey<String> key) {
    return new String(key.entry(), ISO_8859_1);
  }

  /** Adds to the counter of an entry. */
  public void count(String owner, String entry, long more) {
    table.update(0, key(owner, entry), more, Counter::plus);
  }

  /** Sets the counter of an entry. */
  public void put(String owner, String entry, long number) {
    table.put(0, key(owner, entry), new Counter(number));
  }

  Long get(String owner, String entry) {
    Counter counter = table.get(0, key(owner, entry));
    return counter == null ? null : counter.count;
  }

  public void remove(String owner, String entry) {
    table.remove(0, key(owner, entry));
  }

  public void removeAll(String owner) {
    table.removeAll(EntryKey.before(owner));
  }

  StateTable.Scan<EntryKey<String>, Counter> scan(String owner, String from, String end) {
    return table.scan(key(owner, from), end == null ? null : bytes(end));
  }

  /** An owner's entries, each with its number. */
  public List<String> of(String owner) {
    return of(owner, "", null);
  }

  List<String> of(String owner, String from, String end) {
    List<String> entries = new ArrayList<>();
    StateTable.Scan<EntryKey<String>, Counter> scan = scan(owner, from, end);
    while (scan.next()) {
      entries.add(entryOf(scan) + "=" + scan.value().count);
    }
    return entries;
  }
}
