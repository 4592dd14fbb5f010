/**
 * What is written down for people when a job has given up: failures, settings, what was slow.
 * {@link dev.weir.internal.report.Diagnostics} is the job's thread's; {@link
 * dev.weir.internal.report.SuspensionFile} writes on an I/O thread.
 */
package dev.weir.internal.report;
