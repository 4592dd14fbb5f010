package dev.weir.sample.clickcount.generator;

import dev.weir.sample.clickcount.ClickEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Writes a click in one of the two forms that readers must understand. Stateless. */
final class ClickJson {
  private ClickJson() {}

  static byte[] withMillis(ClickEvent click) {
    return json(Long.toString(click.timestamp()), click.page());
  }

  static byte[] withIsoTime(ClickEvent click) {
    return json('"' + Instant.ofEpochMilli(click.timestamp()).toString() + '"', click.page());
  }

  private static byte[] json(String timestamp, String page) {
    String text = "{\"timestamp\":" + timestamp + ",\"page\":\"" + page + "\"}";
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
