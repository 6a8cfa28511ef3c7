package io.streamforge.cli.topics;

import io.streamforge.marketgraph.AuditTrail;
import io.streamforge.marketgraph.Settings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Two topics of what two jobs make of the same market: from when on their records are alike, byte
 * for byte, and rest on the same offsets of the topics that both read. A record of one that the
 * other has no counterpart of is left out where the other has not begun, or has not come so far,
 * and differs between.
 */
public final class TopicComparison {
  private final NavigableMap<Long, Map<String, Long>> old;
  private final NavigableMap<Long, Map<String, Long>> next;
  private long fromUs;
  private long toUs;
  private int common;
  private int different;
  private OptionalLong newestDifferentUs = OptionalLong.empty();

  private TopicComparison(
      NavigableMap<Long, Map<String, Long>> old, NavigableMap<Long, Map<String, Long>> next) {
    this.old = old;
    this.next = next;
  }

  /**
   * Reads both, as far as they reach now.
   *
   * @param settings where Kafka is, and what its client is to know
   * @throws IllegalArgumentException if they have no time in common
   */
  public static TopicComparison of(Settings settings, String old, String next) {
    TopicComparison comparison = new TopicComparison(hashes(settings, old), hashes(settings, next));
    if (!comparison.compare()) {
      throw new IllegalArgumentException(
          "%s and %s have no time in common yet".formatted(old, next));
    }
    return comparison;
  }

  /** By time and key. */
  private static NavigableMap<Long, Map<String, Long>> hashes(Settings settings, String topic) {
    TreeMap<Long, Map<String, Long>> hashes = new TreeMap<>();
    try (TopicReader reader = Topics.reader(settings, List.of(topic))) {
      do {
        reader.poll(
            record ->
                hashes
                    .computeIfAbsent(record.timestamp() * 1000, time -> new TreeMap<>())
                    .put(new String(record.key(), StandardCharsets.UTF_8), hash(record)));
      } while (!reader.behind().isEmpty());
    }
    return hashes;
  }

  private static long hash(ConsumerRecord<byte[], byte[]> record) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(record.value());
      Header offsets = record.headers().lastHeader(AuditTrail.INPUT_OFFSETS);
      if (offsets != null) { // a graph's
        digest.update(offsets.value());
      }
      return ByteBuffer.wrap(digest.digest()).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }

  private boolean compare() {
    if (old.isEmpty() || next.isEmpty()) {
      return false;
    }
    fromUs = Math.max(old.firstKey(), next.firstKey());
    toUs = Math.min(old.lastKey(), next.lastKey());
    if (fromUs > toUs) {
      return false;
    }
    TreeMap<Long, Map<String, Long>> times = new TreeMap<>(old.subMap(fromUs, true, toUs, true));
    times.putAll(next.subMap(fromUs, true, toUs, true));
    for (long timeUs : times.keySet()) {
      common++;
      if (!old.getOrDefault(timeUs, Map.of()).equals(next.getOrDefault(timeUs, Map.of()))) {
        different++;
        newestDifferentUs = OptionalLong.of(timeUs);
      }
    }
    return true;
  }

  /** The first time that both have. */
  public long fromUs() {
    return fromUs;
  }

  /** The last time that both have. */
  public long toUs() {
    return toUs;
  }

  /** Times that either has, from the first to the last that both have. */
  public int times() {
    return common;
  }

  /** How many of them differ. */
  public int different() {
    return different;
  }

  /** The first time from which on they are alike to the last that both have, if there is one. */
  public OptionalLong alikeSinceUs() {
    if (newestDifferentUs.isEmpty()) {
      return OptionalLong.of(fromUs);
    }
    Long after = old.higherKey(newestDifferentUs.getAsLong());
    return after == null || after > toUs ? OptionalLong.empty() : OptionalLong.of(after);
  }
}
