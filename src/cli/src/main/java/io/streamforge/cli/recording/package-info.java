/** Recordings of the raw topics: read, written, and played into Kafka. */
package io.streamforge.cli.recording;
