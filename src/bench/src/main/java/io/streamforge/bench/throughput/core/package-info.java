/** The arithmetic that the Flink and Kafka Streams contestants share. */
package io.streamforge.bench.throughput.core;
