package io.streamforge.flow;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;

/**
 * How much volume a bucket of VPIN holds: 1/50 of a day's. A day is the last 24 full hours; where
 * there were fewer since the first trade, these times 24 over their number. Fixed anew as each hour
 * begins, to 16 digits. Hours are aligned to the epoch.
 */
final class VolumeClock {
  private static final int HOURS = 24;
  private static final long HOUR_SAMPLES = 3600;
  private static final BigDecimal BUCKETS_A_DAY = BigDecimal.valueOf(50);
  private static final long NEVER = Long.MIN_VALUE;

  /** By hour modulo 24, 0 for those that were not full; null while all are 0. */
  private BigDecimal[] full;

  private long firstHour = NEVER;
  private long hour = NEVER;
  private BigDecimal volume = BigDecimal.ZERO;
  private BigDecimal bucket = BigDecimal.ZERO;

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
      bucket = shareOfDay();
    }
    volume = volume.add(added);
  }

  private BigDecimal shareOfDay() {
    long hours = Math.min(HOURS, hour - firstHour - 1);
    BigDecimal known = BigDecimal.ZERO;
    for (int each = 0; each < HOURS; each++) {
      known = known.add(ofHour(each));
    }
    return hours == 0
        ? BigDecimal.ZERO
        : known
            .multiply(BigDecimal.valueOf(HOURS))
            .divide(BUCKETS_A_DAY.multiply(BigDecimal.valueOf(hours)), MathContext.DECIMAL64);
  }

  private BigDecimal ofHour(int modulo) {
    return full == null ? BigDecimal.ZERO : full[modulo];
  }

  private void set(long which, BigDecimal value) {
    if (full == null && value.signum() == 0) {
      return;
    }
    if (full == null) {
      full = new BigDecimal[HOURS];
      Arrays.fill(full, BigDecimal.ZERO);
    }
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
    for (int each = 0; each < HOURS; each++) {
      ExactForm.write(ofHour(each), out);
    }
  }

  void readFrom(DataInput in) throws IOException {
    firstHour = in.readLong();
    hour = in.readLong();
    volume = ExactForm.read(in);
    bucket = ExactForm.read(in);
    for (int each = 0; each < HOURS; each++) {
      set(each, ExactForm.read(in));
    }
  }
}
