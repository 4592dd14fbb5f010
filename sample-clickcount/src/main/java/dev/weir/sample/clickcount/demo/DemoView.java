package dev.weir.sample.clickcount.demo;

import java.time.Duration;
import java.util.List;

/**
 * Everything that a screen shows at one moment. Immutable.
 *
 * @param title what runs
 * @param elapsed since clicks began to come
 * @param lines the state of things, line by line
 * @param rows the newest windows, oldest first
 */
record DemoView(String title, Duration elapsed, List<String> lines, List<WindowBoard.Row> rows) {}
