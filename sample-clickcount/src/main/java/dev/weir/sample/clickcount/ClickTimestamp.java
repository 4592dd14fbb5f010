package dev.weir.sample.clickcount;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/** Reads a timestamp in either of its two forms. Stateless; safe from any thread. */
final class ClickTimestamp extends ValueDeserializer<Long> {
  @Override
  public Long deserialize(JsonParser json, DeserializationContext context) {
    if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      return json.getLongValue();
    }
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      return parsed(json.getString(), context);
    }
    return (Long) context.handleUnexpectedToken(context.constructType(Long.class), json);
  }

  @Override
  public Long getNullValue(DeserializationContext context) {
    return context.reportInputMismatch(this, "a click needs a timestamp, got null");
  }

  private static Long parsed(String text, DeserializationContext context) {
    try {
      return OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      return (Long)
          context.handleWeirdStringValue(
              Long.class,
              text,
              "expected epoch milliseconds or ISO-8601 with offset such as"
                  + " 2026-01-01T00:00:00.005Z");
    }
  }
}
