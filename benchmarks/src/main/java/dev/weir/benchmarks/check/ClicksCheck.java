package dev.weir.benchmarks.check;

import dev.weir.benchmarks.work.ClickJson;
import dev.weir.benchmarks.work.ClickPlan;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * W1: each window and page has its count. An engine may emit updates; then counts rise, and none
 * comes twice. Windows that only close others are not looked at.
 */
public final class ClicksCheck implements OutputCheck {
  private final Map<String, Long> wanted = new HashMap<>();
  private final Map<String, Long> seen = new HashMap<>();
  private final String closing;
  private long done;
  private String problem = "";

  /** For so many clicks. */
  public ClicksCheck(long clicks) {
    for (long i = 0; i < clicks; i++) {
      String label = ClickJson.labelOf(ClickPlan.windowOf(ClickPlan.time(i)), ClickPlan.page(i));
      wanted.merge(label, 1L, Long::sum);
    }
    String label = ClickJson.labelOf(ClickPlan.windowOf(ClickPlan.closingTime(clicks)), "");
    closing = label.substring(0, label.indexOf(','));
  }

  @Override
  public boolean take(byte[] value) {
    String json = new String(value, StandardCharsets.UTF_8);
    if (json.startsWith(closing)) {
      return false;
    }
    String label = json.substring(0, json.lastIndexOf(':') + 1);
    long count = Long.parseLong(json.substring(label.length(), json.length() - 1));
    Long whole = wanted.get(label);
    Long before = seen.put(label, count);
    if (whole == null || count > whole || (before != null && before >= count)) {
      problem = "wrong: " + json + " after " + before + ", expected " + whole;
    } else if (count == whole) {
      done++;
      return true;
    }
    return false;
  }

  @Override
  public long expected() {
    return wanted.size();
  }

  @Override
  public long done() {
    return done;
  }

  @Override
  public String problem() {
    return problem;
  }
}
