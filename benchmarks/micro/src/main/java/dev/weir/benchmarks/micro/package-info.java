/**
 * JMH benchmarks of the hot pieces. After {@code ./mvnw -Pbenchmarks -Dquickly -pl benchmarks/micro
 * -am package}, in {@code benchmarks/micro/target}: {@code java -cp 'classes:lib/*'
 * org.openjdk.jmh.Main -prof gc}.
 */
package dev.weir.benchmarks.micro;
