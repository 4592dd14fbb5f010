/**
 * The job that the exactly-once suites run, in this JVM or in one of its own that dies, and the
 * moments at which it does. Everything about it is text, so that it fits on a command line.
 */
package dev.weir.testing.suite.job;
