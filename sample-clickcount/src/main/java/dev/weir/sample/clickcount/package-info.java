/**
 * The sample's own words: a click, a count, the ten lines of pipeline between them. Immutable; safe
 * from any thread.
 */
package dev.weir.sample.clickcount;
