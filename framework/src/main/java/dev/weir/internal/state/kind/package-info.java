/**
 * The kinds of keyed state that user functions see, each a handle over a table: value, list, map,
 * reducing, aggregating, all with or without an end of life. Handles read and write the state of
 * the current key; all is confined to the task's thread.
 */
package dev.weir.internal.state.kind;
