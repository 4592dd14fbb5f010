/**
 * What concerns several jobs of this process at once. Runs on threads of its own, which may block,
 * and asks jobs only by their handles.
 */
package dev.weir.internal.job.group;
