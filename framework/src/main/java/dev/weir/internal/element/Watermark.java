package dev.weir.internal.element;

/**
 * No record with this timestamp or an earlier one follows, apart from late ones.
 *
 * @param timestamp epoch milliseconds; {@link Long#MAX_VALUE} at the end of the input
 */
public record Watermark(long timestamp) implements Element {}
