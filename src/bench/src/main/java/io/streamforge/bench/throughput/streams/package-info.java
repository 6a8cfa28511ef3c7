/** The core on Kafka Streams. */
package io.streamforge.bench.throughput.streams;
