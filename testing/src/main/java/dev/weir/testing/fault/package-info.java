/**
 * What a test hurts things with: child JVMs that die and freeze, a network link that breaks, ports,
 * and waiting with a bound. Nothing started here outlives the JVM that started it. Knows no Kafka
 * and no JUnit.
 */
package dev.weir.testing.fault;
