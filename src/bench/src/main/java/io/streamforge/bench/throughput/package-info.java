/** The job against what could be used instead, by processor time a message. */
package io.streamforge.bench.throughput;
