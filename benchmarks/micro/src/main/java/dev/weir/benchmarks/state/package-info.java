/**
 * What state of millions of keys costs, measured where it lies. After {@code ./mvnw -Pbenchmarks
 * -Dquickly -pl benchmarks/micro -am package}, in {@code benchmarks/micro/target}: {@code java
 * -Xms4g -Xmx4g -cp 'classes:lib/*' dev.weir.benchmarks.state.StateCosts heap 5000000}.
 */
package dev.weir.benchmarks.state;
