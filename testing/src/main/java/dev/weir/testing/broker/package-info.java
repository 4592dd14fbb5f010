/**
 * Real Kafka brokers that a test may kill, freeze and restart: as a child JVM ({@link
 * dev.weir.testing.broker.EmbeddedBroker}) or in a container ({@link
 * dev.weir.testing.broker.ContainerBroker}), and the JUnit fixture that lets one suite run on both.
 */
package dev.weir.testing.broker;
