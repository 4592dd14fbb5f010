/**
 * The command line: reads options, starts what they ask for, turns errors into one line and an exit
 * code. Runs on the main thread.
 */
package dev.weir.sample.clickcount.cli;
