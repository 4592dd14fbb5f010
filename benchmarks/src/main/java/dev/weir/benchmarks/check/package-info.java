/** Whether an output is exactly right. Pure; confined to the thread that reads the output. */
package dev.weir.benchmarks.check;
