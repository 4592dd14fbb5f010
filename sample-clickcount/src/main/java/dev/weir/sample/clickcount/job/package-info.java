/**
 * Runs the pipeline and tells how it goes, in lines on standard output that people and the demo
 * read. The engine's threads are the engine's; reporting has one thread of its own.
 */
package dev.weir.sample.clickcount.job;
