/** What the machine says about processes and itself; Linux only. No threads but one per child. */
package dev.weir.benchmarks.machine;
