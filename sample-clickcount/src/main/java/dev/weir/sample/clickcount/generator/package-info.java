/**
 * Makes clicks and sends them at a steady rate. Which clicks and when is decided without threads,
 * clock or Kafka; {@link dev.weir.sample.clickcount.generator.ClickGenerator} sends them from one
 * thread.
 */
package dev.weir.sample.clickcount.generator;
