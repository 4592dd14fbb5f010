/**
 * One job's life. {@link dev.weir.internal.job.JobMaster} owns it on the job's thread, and with it
 * {@link dev.weir.internal.job.Attempts}, which brings up and closes one attempt at a time on I/O
 * threads, and {@link dev.weir.internal.job.JobEnd}; {@link dev.weir.internal.job.Restarts}
 * decides.
 */
package dev.weir.internal.job;
