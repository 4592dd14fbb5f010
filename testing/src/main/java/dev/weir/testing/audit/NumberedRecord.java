package dev.weir.testing.audit;

/**
 * One record as found in a topic, whose job is to be one of a numbered sequence of its key.
 * Immutable.
 *
 * @param key its key
 * @param number its number within the key; consecutive in what was sent
 * @param content the rest of it, compared as text; the same for every copy of the record
 * @param place where it is
 */
public record NumberedRecord(String key, long number, String content, Place place) {
  @Override
  public String toString() {
    return "key " + key + ", number " + number;
  }
}
