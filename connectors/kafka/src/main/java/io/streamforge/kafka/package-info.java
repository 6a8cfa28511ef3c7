/** A Flink job's ends in Kafka: sources, sinks, and the events decoded between them. */
package io.streamforge.kafka;
