/**
 * The demonstration: starts a broker, a generator and the job in processes of their own, kills the
 * job again and again, and judges what came out. One thread steers; it waits only for new counts.
 * Plans, views and reports are pure.
 */
package dev.weir.sample.clickcount.demo;
