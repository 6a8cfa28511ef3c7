package io.streamforge.bench.throughput;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamforge.bench.throughput.core.CoreSample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Hashes of records, to be added up: the order in which they come does not show. */
final class RecordHash {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final ObjectMapper JSON = new ObjectMapper();

  private RecordHash() {}

  /** Of a record as it is. */
  static long of(byte[] key, byte[] value, long timestampMs) {
    return mix(mix(mix(timestampMs) + of(key)) + of(value));
  }

  /** Of which record it is, whatever it says. */
  static long ofIdentity(byte[] key, long timestampMs) {
    return mix(mix(timestampMs) + of(key));
  }

  /**
   * Of the features that {@link CoreSample} names, as doubles.
   *
   * @param fields where the value keeps them, an empty pointer for its top level
   */
  static long ofCore(byte[] value, String fields) {
    JsonNode record;
    try {
      record = JSON.readTree(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    long hash = record.get("instrument").asText().hashCode() + mix(record.get("time_us").asLong());
    JsonNode features = record.at(fields);
    for (String name : CoreSample.FEATURES) {
      JsonNode feature = features.get(name);
      double number = feature.isNull() ? Double.NaN : feature.doubleValue() + 0.0; // no −0.0
      hash = mix(hash + Double.doubleToLongBits(number));
    }
    return hash;
  }

  private static long of(byte[] bytes) {
    long hash = bytes.length;
    int at = 0;
    for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
      hash = mix(hash ^ (long) LONGS.get(bytes, at));
    }
    for (; at < bytes.length; at++) {
      hash = mix(hash ^ bytes[at]);
    }
    return hash;
  }

  /** The finaliser of SplitMix64. */
  private static long mix(long z) {
    long y = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    long x = (y ^ (y >>> 27)) * 0x94d049bb133111ebL;
    return x ^ (x >>> 31);
  }
}
