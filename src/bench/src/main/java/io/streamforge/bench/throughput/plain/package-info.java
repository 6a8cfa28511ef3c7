/** A plain loop behind a Kafka consumer and producer. */
package io.streamforge.bench.throughput.plain;
