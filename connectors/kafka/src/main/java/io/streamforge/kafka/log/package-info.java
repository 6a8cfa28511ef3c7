/** How far a job has read the logs of its topics, and what of them Kafka still has. */
package io.streamforge.kafka.log;
