/**
 * Judges the counts that came out: every page in every window present, once, with exactly the
 * number of clicks that went in. The judging is pure; reading Kafka is a blocking matter of the
 * caller's thread.
 */
package dev.weir.sample.clickcount.verifier;
