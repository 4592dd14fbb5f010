/**
 * The suites that prove exactly-once on a real broker: the job dies at every moment around every
 * effect, is frozen and overtaken, starts twice, loses its broker, and its output is audited as a
 * committed reader sees it. Each suite runs on the embedded broker and in containers.
 */
package dev.weir.testing.suite;
