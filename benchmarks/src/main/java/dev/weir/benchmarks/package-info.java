/** The command that runs benchmarks and shows what they gave. */
package dev.weir.benchmarks;
