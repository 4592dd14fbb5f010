package dev.weir.testing.audit;

import java.util.List;

/** One thing that is wrong with a topic. Immutable; {@link #describe} tells it to a person. */
public sealed interface Finding {
  /**
   * @return how many records or windows this is about
   */
  default long count() {
    return 1;
  }

  /**
   * @return a sentence with keys, numbers and places
   */
  String describe();

  /**
   * Expected records that are not there, consecutive ones in one finding.
   *
   * @param key their key
   * @param first number of the first one missing
   * @param last number of the last one missing
   * @param isTail whether nothing of the key comes after them
   */
  record Lost(String key, long first, long last, boolean isTail) implements Finding {
    @Override
    public long count() {
      return last - first + 1;
    }

    @Override
    public String describe() {
      String numbers = first == last ? "number " + first : "numbers " + first + " to " + last;
      return "lost: key " + key + ", " + numbers + (isTail ? ", the end of the key" : "");
    }
  }

  /**
   * A record that was there before, with the same content.
   *
   * @param key its key
   * @param number its number
   * @param place where it is once more
   */
  record Doubled(String key, long number, Place place) implements Finding {
    @Override
    public String describe() {
      return "doubled: key " + key + ", number " + number + ", again at " + place;
    }
  }

  /**
   * A record after a later one of its key.
   *
   * @param key its key
   * @param number its number
   * @param after the highest number that came before
   * @param place where it is
   */
  record Reordered(String key, long number, long after, Place place) implements Finding {
    @Override
    public String describe() {
      return "reordered: key " + key + ", number " + number + " after " + after + ", at " + place;
    }
  }

  /**
   * A key in more than one partition, so that its order means nothing.
   *
   * @param key the key
   * @param partition where its first record is
   * @param place where another one is
   */
  record Scattered(String key, int partition, Place place) implements Finding {
    @Override
    public String describe() {
      return "scattered: key "
          + key
          + ", begun in partition "
          + partition
          + ", is also at "
          + place;
    }
  }

  /**
   * A record whose content is not what it must be.
   *
   * @param what the record or window
   * @param expected the right content
   * @param actual its content
   * @param place where it is
   */
  record WrongValue(String what, String expected, String actual, Place place) implements Finding {
    @Override
    public String describe() {
      return "wrong value: "
          + what
          + ", expected "
          + expected
          + ", found "
          + actual
          + " at "
          + place;
    }
  }

  /**
   * A record nobody expects: of an unknown key, window or number.
   *
   * @param what the record or window
   * @param place where it is
   */
  record Unexpected(String what, Place place) implements Finding {
    @Override
    public String describe() {
      return "unexpected: " + what + " at " + place;
    }
  }

  /**
   * A record that the audit's decoder does not understand.
   *
   * @param reason what the decoder said
   * @param place where it is
   */
  record Unreadable(String reason, Place place) implements Finding {
    @Override
    public String describe() {
      return "unreadable: the record at " + place + ", " + reason;
    }
  }

  /**
   * An expected window without a result.
   *
   * @param window key and start
   * @param expected its result
   */
  record LostWindow(WindowKey window, long expected) implements Finding {
    @Override
    public String describe() {
      return "lost window: " + window + ", expected " + expected;
    }
  }

  /**
   * A window with more than one result.
   *
   * @param window key and start
   * @param expected what its one result should be
   * @param results all of them, in the order found
   */
  record DoubledWindow(WindowKey window, long expected, List<Long> results) implements Finding {
    /** Copies the list. */
    public DoubledWindow {
      results = List.copyOf(results);
    }

    @Override
    public long count() {
      return results.size() - 1L;
    }

    @Override
    public String describe() {
      return "doubled window: "
          + window
          + ", expected one result "
          + expected
          + ", found "
          + results;
    }
  }

  /**
   * A record that committed readers see though its transaction was aborted or is open.
   *
   * @param what the record
   * @param place where it is
   */
  record UncommittedVisible(String what, Place place) implements Finding {
    @Override
    public String describe() {
      return "visible without commit: " + what + " at " + place;
    }
  }

  /**
   * A record that a committed reader saw once and that is gone or different now.
   *
   * @param earlier what it was
   * @param now what is there now, or "nothing"
   * @param place where it was
   */
  record Vanished(String earlier, String now, Place place) implements Finding {
    @Override
    public String describe() {
      return "vanished: " + earlier + " was visible at " + place + ", now there is " + now;
    }
  }
}
