/**
 * One job's life: start, restart, stop. {@link dev.weir.internal.job.JobMaster} owns it on the
 * job's thread; {@link dev.weir.internal.job.AttemptStarter} and the closing of an attempt block
 * and run on I/O threads; {@link dev.weir.internal.job.JobLifecycle} and {@link
 * dev.weir.internal.job.Restarts} decide; {@link dev.weir.internal.job.JobBoard} shows.
 */
package dev.weir.internal.job;
