/** What the runs have shown: lines of JSON, tables and plots. Pure but for reading the lines. */
package dev.weir.benchmarks.report;
