package io.streamforge.flow;

import io.streamforge.market.Trade;
import io.streamforge.section.Section;
import io.streamforge.window.Grid;
import io.streamforge.window.SampleWindow;
import io.streamforge.window.Windows;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * Volume-synchronised probability of informed trading: Σ |bought − sold| / Σ volume over the last
 * 50 full buckets of volume. Easley, López de Prado & O'Hara 2012, Review of Financial Studies
 * 25(5). The venues name the aggressor, so no trade has to be classified; one of an unknown side
 * counts half for each.
 *
 * <p>Buckets are filled in log order and exactly: a trade across a boundary is split. A bucket
 * keeps the volume that {@link VolumeClock} gave it when it opened.
 */
final class Vpin {
  private static final int BUCKETS = 50;
  private static final BigDecimal ALL_BUCKETS = BigDecimal.valueOf(BUCKETS);

  private static final Section IMBALANCE = Section.of(1, "vpin.imbalance");
  private static final Section VOLUME = Section.of(2, "vpin.volume");

  private final VolumeClock clock = new VolumeClock();

  /** Of the bucket under way, 0 before it opens. */
  private BigDecimal size = BigDecimal.ZERO;

  private BigDecimal filled = BigDecimal.ZERO;
  private BigDecimal signed = BigDecimal.ZERO;

  /** |bought − sold|/volume of the last full buckets, by their number. */
  private final SampleWindow imbalances = new SampleWindow(BUCKETS);

  /** Theirs: not all opened in one hour. */
  private final SampleWindow volumes = new SampleWindow(BUCKETS);

  /**
   * Takes an interval's trades in log order.
   *
   * @param volume theirs
   * @param signedVolume theirs, bought minus sold
   */
  void add(long sample, Iterable<Trade> trades, BigDecimal volume, BigDecimal signedVolume) {
    clock.add(sample, volume);
    if (size.signum() > 0 && filled.add(volume).compareTo(size) < 0) {
      filled = filled.add(volume); // their order does not matter
      signed = signed.add(signedVolume);
      return;
    }
    for (Trade trade : trades) {
      add(BigDecimal.valueOf(trade.quantity(), trade.quantityScale()), trade.side().sign());
    }
  }

  private void add(BigDecimal quantity, int sign) {
    BigDecimal rest = quantity;
    while (rest.signum() > 0) {
      if (size.signum() == 0) {
        rest = passOver(rest, sign);
        if (rest.signum() == 0) {
          return;
        }
        size = clock.bucket();
      }
      BigDecimal part = rest.min(size.subtract(filled));
      filled = filled.add(part);
      signed = signed.add(BigDecimal.valueOf(sign).multiply(part));
      rest = rest.subtract(part);
      if (filled.compareTo(size) == 0) {
        put(Math.abs(signed.doubleValue() / size.doubleValue()), size);
        size = BigDecimal.ZERO;
        filled = BigDecimal.ZERO;
        signed = BigDecimal.ZERO;
      }
    }
  }

  /**
   * What is left of a trade for a bucket to open. Of one of more than 50 buckets only the last 50
   * count, which are all alike; without a volume for buckets nothing does.
   */
  private BigDecimal passOver(BigDecimal rest, int sign) {
    BigDecimal bucket = clock.bucket();
    if (bucket.signum() == 0) {
      return BigDecimal.ZERO;
    }
    if (rest.compareTo(bucket.multiply(ALL_BUCKETS)) <= 0) {
      return rest;
    }
    for (int i = 0; i < BUCKETS; i++) {
      put(Math.abs(sign), bucket);
    }
    return rest.remainder(bucket);
  }

  private void put(double imbalance, BigDecimal volume) {
    long number = Math.max(0, imbalances.newest() + 1);
    imbalances.put(number, imbalance);
    volumes.put(number, volume.doubleValue());
  }

  /** NaN before 50 buckets. */
  double value() {
    if (volumes.count(BUCKETS) < BUCKETS) {
      return Double.NaN;
    }
    double unbalanced = 0;
    for (int age = BUCKETS - 1; age >= 0; age--) {
      unbalanced += imbalances.get(age) * volumes.get(age);
    }
    return unbalanced / volumes.sum(BUCKETS);
  }

  void addTo(Windows windows) {
    windows.add(Grid.VOLUME_BUCKET, IMBALANCE, imbalances);
    windows.add(Grid.VOLUME_BUCKET, VOLUME, volumes);
  }

  /** Writes all but the windows. */
  void writeTo(DataOutput out) throws IOException {
    clock.writeTo(out);
    ExactForm.write(size, out);
    ExactForm.write(filled, out);
    ExactForm.write(signed, out);
  }

  void readFrom(DataInput in) throws IOException {
    clock.readFrom(in);
    size = ExactForm.read(in);
    filled = ExactForm.read(in);
    signed = ExactForm.read(in);
  }
}
