package io.streamforge.admission;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.MarketEvent;
import io.streamforge.topic.RawRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Takes of the records of one topic the events of instruments that are listed, or for which their
 * partition has room: names that somebody makes up take no more memory than was said. What is taken
 * follows from the partition's log alone. For one thread.
 */
public final class Admission {
  /** Why a record is a dead letter of which an instrument found no room. */
  public static final String TOO_MANY = "too-many-instruments";

  private final AdmissionRule rule;
  private final List<MarketEvent> taken = new ArrayList<>();
  private PartitionInstruments[] partitions = {};
  private String topic;

  /** What was stored, by topic and partition, until a record says that the partition is ours. */
  private final Map<String, KnownInstruments> stored = new TreeMap<>();

  private boolean refused;
  private boolean unlisted;
  private boolean first;

  public Admission(AdmissionRule rule) {
    this.rule = rule;
  }

  /**
   * The events of the next record that are taken.
   *
   * @param events in the order of the message; the list is not changed
   * @return valid until the next call
   * @throws java.io.UncheckedIOException if what was stored of the partition cannot be read
   */
  public List<MarketEvent> take(RawRecord record, List<MarketEvent> events) {
    refused = false;
    unlisted = false;
    first = false;
    taken.clear();
    PartitionInstruments partition = partition(record);
    partition.readUntil(record.offset());
    for (MarketEvent event : events) {
      if (partition.takes(event) || isNotice(event)) {
        taken.add(event);
      } else if (rule.listedOnly()) {
        unlisted = true;
      } else {
        refused = true;
        first |= partition.isFirstRefusal(event);
      }
    }
    return taken;
  }

  /** It makes no instrument: nothing is lost of a book that never was. */
  static boolean isNotice(MarketEvent event) {
    return event instanceof BookUpdate update && update.isNotice();
  }

  /** Whether an event of the last record was refused, for its partition has no room. */
  public boolean refused() {
    return refused;
  }

  /** Whether an event of the last record was refused, for its instrument is not listed. */
  public boolean unlisted() {
    return unlisted;
  }

  /**
   * {@value #TOO_MANY} if the last record is a dead letter: the first of an instrument and hour
   * that is refused for want of room; else null.
   */
  public String flaw() {
    return first ? TOO_MANY : null;
  }

  private PartitionInstruments partition(RawRecord record) {
    int number = record.partition();
    if (number >= partitions.length) {
      partitions = Arrays.copyOf(partitions, number + 1);
    }
    if (partitions[number] == null) {
      topic = record.topic();
      KnownInstruments saved = stored.remove(key(topic, number));
      partitions[number] =
          saved == null ? new PartitionInstruments(rule) : PartitionInstruments.of(saved, rule);
    }
    return partitions[number];
  }

  private static String key(String topic, int partition) {
    return topic + '/' + partition;
  }

  /** Takes up what was stored of a partition; of two of one partition the newer counts. */
  public void restore(KnownInstruments saved) {
    stored.merge(
        key(saved.topic(), saved.partition()),
        saved,
        (one, other) -> one.offset() >= other.offset() ? one : other);
  }

  /** The instruments of the partitions of which there has been a record. */
  public List<KnownInstruments> read() {
    List<KnownInstruments> read = new ArrayList<>();
    for (int number = 0; number < partitions.length; number++) {
      if (partitions[number] != null) {
        read.add(partitions[number].stored(topic, number));
      }
    }
    return read;
  }

  /** What {@link #restore} took up of the others; a view. */
  public Collection<KnownInstruments> unread() {
    return Collections.unmodifiableCollection(stored.values());
  }
}
