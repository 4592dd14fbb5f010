package dev.weir.job.stored;

import java.util.OptionalLong;

/**
 * One row of state, read by the schema that stands beside it, without the classes that wrote it.
 *
 * <p>Key and value are what {@link dev.weir.serde.GenericValues} gives: boxed numbers, strings,
 * {@code java.time}, lists, maps; records are maps of their fields; what only a serializer of one's
 * own can read is a {@code byte[]}.
 *
 * <p>Beside the tables that a stage keeps there are two that Weir keeps: {@code splits}, where a
 * source reads on, and {@code watermark}, the event time that a stage had reached.
 *
 * @param stage the stage's name in the checkpoint
 * @param table such as {@code value.total}, {@code map.seen}, {@code windows}, {@code timers.event}
 * @param key whose row it is
 * @param time the window's last millisecond or the timer's time, epoch milliseconds; empty: the
 *     table has no times
 * @param value what it holds; may be null where an optional is empty
 */
public record StateRow(String stage, String table, Object key, OptionalLong time, Object value) {}
