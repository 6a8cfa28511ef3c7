package io.streamforge.admission;

import io.streamforge.market.MarketEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The instruments of one partition of a topic, counted in the order of its log. Its time is the
 * newest effective time so far. Those of the registry are always taken, and do not count.
 */
final class PartitionInstruments {
  private static final byte VERSION = 1;
  private static final float LOAD = 0.75f;

  private final AdmissionRule rule;

  /** By id when each was heard last, the one that has been silent for longest first. */
  private final LinkedHashMap<String, long[]> heard = new LinkedHashMap<>(16, LOAD, true);

  private long nowUs = Long.MIN_VALUE;

  /** Null until one is refused. */
  private RefusedNames refused;

  /** Offset of the last record. */
  private long offset = -1;

  PartitionInstruments(AdmissionRule rule) {
    this.rule = rule;
  }

  /** The next record of the log is that of an offset. */
  void readUntil(long recordOffset) {
    offset = recordOffset;
  }

  /** Whether an event's instrument is known; unless the event is a notice, a new one may be. */
  boolean takes(MarketEvent event) {
    nowUs = Math.max(nowUs, event.effectiveTimeUs());
    String id = event.instrument().id();
    if (rule.registry().lists(id)) {
      return true;
    }
    long[] lastUs = rule.listedOnly() ? null : heard.get(id);
    if (lastUs != null) {
      lastUs[0] = nowUs;
      return true;
    }
    if (rule.listedOnly() || Admission.isNotice(event)) {
      return false;
    }
    forget();
    boolean hasRoom = heard.size() < rule.maxInstruments();
    if (hasRoom) {
      heard.put(id, new long[] {nowUs});
    }
    return hasRoom;
  }

  private void forget() {
    Iterator<long[]> longestSilent = heard.values().iterator();
    while (longestSilent.hasNext() && nowUs - longestSilent.next()[0] > rule.forgetAfterUs()) {
      longestSilent.remove();
    }
  }

  /** Whether a refused instrument is refused for the first time in this hour. */
  boolean isFirstRefusal(MarketEvent event) {
    if (refused == null) {
      refused = new RefusedNames();
    }
    return refused.isFirst(event.instrument().id(), nowUs);
  }

  /** As {@link #of} takes it up. */
  KnownInstruments stored(String topic, int partition) {
    return new KnownInstruments(topic, partition, offset, toBytes());
  }

  private byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeLong(nowUs);
      out.writeInt(heard.size());
      for (Map.Entry<String, long[]> each : heard.entrySet()) {
        out.writeUTF(each.getKey());
        out.writeLong(each.getValue()[0]);
      }
      out.writeBoolean(refused != null);
      if (refused != null) {
        refused.writeTo(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory is always there
    }
    return bytes.toByteArray();
  }

  /** Takes up what {@link #stored} said, under a rule that may be another. */
  static PartitionInstruments of(KnownInstruments saved, AdmissionRule rule) {
    PartitionInstruments partition = new PartitionInstruments(rule);
    partition.offset = saved.offset();
    try {
      partition.readFrom(new DataInputStream(new ByteArrayInputStream(saved.instruments())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return partition;
  }

  private void readFrom(DataInput in) throws IOException {
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException(
          "a partition's instruments have version %d, this StreamForge reads %d"
              .formatted(version, VERSION));
    }
    nowUs = in.readLong();
    for (int left = in.readInt(); left > 0; left--) {
      heard.put(in.readUTF(), new long[] {in.readLong()});
    }
    refused = in.readBoolean() ? RefusedNames.readFrom(in) : null;
  }
}
