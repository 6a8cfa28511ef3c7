/** Kafka and Flink on this machine, in this JVM or as processes of their own. */
package io.streamforge.cli.cluster;
