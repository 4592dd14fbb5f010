/**
 * What the sample asks of a Kafka cluster besides records: is it there, which topics, make some,
 * remove some. Everything here blocks, with a bound, on the caller's thread.
 */
package dev.weir.sample.clickcount.kafka;
