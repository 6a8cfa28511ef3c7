/**
 * Names and headers of the Kafka topics, the writer of the topics in, and checks of what Kafka is
 * to be told.
 */
package io.streamforge.topic;
