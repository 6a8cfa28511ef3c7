package io.streamforge.kafka;

/**
 * What a partition in has for a sample: the offsets of the first and of the last of its records
 * that count in it, and how far it has come.
 *
 * @param topic its topic
 * @param partition its number
 * @param timeUs the sample
 * @param firstOffset offset of the first record; {@link #NONE} if there is none
 * @param lastOffset offset of the last record; {@link #NONE} if there is none
 * @param completeUs the newest sample until which the partition's own records say that it is
 *     complete
 */
public record PartitionSample(
    String topic, int partition, long timeUs, long firstOffset, long lastOffset, long completeUs) {

  /** No offset. */
  public static final long NONE = -1;

  /** Whether the partition has a record that counts in the sample. */
  public boolean hasRecords() {
    return firstOffset != NONE;
  }
}
