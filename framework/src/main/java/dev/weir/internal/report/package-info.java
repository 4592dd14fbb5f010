/**
 * What others see of a job: its state, log lines, meters and listeners, and what is written down
 * when it has given up. {@link dev.weir.internal.report.JobBoard} and {@link
 * dev.weir.internal.report.Diagnostics} are the job's thread's; {@link
 * dev.weir.internal.report.SuspensionFile} writes on an I/O thread.
 */
package dev.weir.internal.report;
