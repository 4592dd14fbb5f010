/**
 * Times and verifies engines from outside, each a process of its own, against one broker. Confined
 * to the main thread, but for the generator of W4 and W5.
 */
package dev.weir.benchmarks.run;
