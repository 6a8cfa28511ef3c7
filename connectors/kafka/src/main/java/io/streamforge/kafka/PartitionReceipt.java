package io.streamforge.kafka;

/**
 * How far the receive times of a partition have come.
 *
 * @param topic its topic
 * @param partition its number
 * @param newestUs its newest receive time, microseconds since the epoch
 */
record PartitionReceipt(String topic, int partition, long newestUs) {}
