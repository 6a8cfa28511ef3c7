package io.streamforge.kafka.log;

import io.streamforge.market.Instrument;
import java.util.List;

/**
 * What has been read of a partition, in state.
 *
 * @param topic its topic
 * @param partition its number
 * @param newestUs the newest receive time of its records, microseconds since the epoch
 * @param books instruments whose books its records have changed, the one changed last at the end
 */
public record ReadPartition(String topic, int partition, long newestUs, List<Instrument> books) {}
