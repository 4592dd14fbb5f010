/**
 * The house rules as tests: what may import what, how large things get, what they are called, and
 * what only the edges may touch. Each rule is a small class that decides about one file or one
 * import, with a test that plants a violation; {@code HouseRulesTest} applies them to the whole
 * project and knows no exceptions list.
 */
package dev.weir.testing.house;
