package io.streamforge.admission;

/**
 * The instruments that count in a partition, as they are stored.
 *
 * @param offset of the last record that they rest on
 * @param instruments their names and times; not copied
 */
public record KnownInstruments(String topic, int partition, long offset, byte[] instruments) {}
