package io.streamforge.flow;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;

/**
 * How much volume a bucket of VPIN holds: 1/50 of the last 24 full hours', or of as many as there
 * were since the first trade, fixed anew as each hour begins. Hours are aligned to the epoch.
 */
final class VolumeClock {
  private static final int HOURS = 24;
  private static final long HOUR_SAMPLES = 3600;
  private static final BigDecimal SHARE = new BigDecimal("0.02");
  private static final long NEVER = Long.MIN_VALUE;

  /** By hour modulo 24, 0 for those that were not full. */
  private final BigDecimal[] full = new BigDecimal[HOURS];

  private long firstHour = NEVER;
  private long hour = NEVER;
  private BigDecimal volume = BigDecimal.ZERO;
  private BigDecimal bucket = BigDecimal.ZERO;

  VolumeClock() {
    Arrays.fill(full, BigDecimal.ZERO);
  }

  /** Takes the volume of an interval; samples grow from call to call. */
  void add(long sample, BigDecimal added) {
    long now = Math.floorDiv(sample - 1, HOUR_SAMPLES);
    if (hour == NEVER) {
      firstHour = now;
      hour = now;
    }
    if (now > hour) {
      set(hour, hour == firstHour ? BigDecimal.ZERO : volume);
      for (long empty = Math.max(hour + 1, now - HOURS); empty < now; empty++) {
        set(empty, BigDecimal.ZERO);
      }
      hour = now;
      volume = BigDecimal.ZERO;
      bucket = Arrays.stream(full).reduce(BigDecimal.ZERO, BigDecimal::add).multiply(SHARE);
    }
    volume = volume.add(added);
  }

  private void set(long which, BigDecimal value) {
    full[(int) Math.floorMod(which, (long) HOURS)] = value;
  }

  /** Volume of a bucket that opens now; 0 where nothing is known of it. */
  BigDecimal bucket() {
    return bucket;
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeLong(firstHour);
    out.writeLong(hour);
    ExactForm.write(volume, out);
    ExactForm.write(bucket, out);
    for (BigDecimal each : full) {
      ExactForm.write(each, out);
    }
  }

  void readFrom(DataInput in) throws IOException {
    firstHour = in.readLong();
    hour = in.readLong();
    volume = ExactForm.read(in);
    bucket = ExactForm.read(in);
    for (int i = 0; i < HOURS; i++) {
      full[i] = ExactForm.read(in);
    }
  }
}
