package io.streamforge.book;

import static io.streamforge.market.BookUpdate.NO_SEQUENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.BookUpdateBuilder;
import io.streamforge.testkit.Updates;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class KeptUpdatesTest {
  private static final int MOST = 100;
  private static final long WAITING_US = 1_000;

  private final KeptUpdates kept = new KeptUpdates(new BookLimits(100, MOST, WAITING_US));
  private final PagesInMemory store = new PagesInMemory();

  private static BookUpdate delta(long number, long afterUs) {
    long timeUs = Updates.START_US + afterUs;
    return new BookUpdateBuilder()
        .begin()
        .delta(NO_SEQUENCE, number)
        .build(Updates.ACME, timeUs, timeUs);
  }

  private static List<Long> numbers(KeptUpdates of) {
    return of.copy().stream().map(BookUpdate::sequence).toList();
  }

  private static List<Long> fromTo(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  private void add(long first, long last) {
    for (long number = first; number <= last; number++) {
      kept.add(delta(number, 0));
    }
  }

  private KeptUpdates stored() throws IOException {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    kept.writeTo(new DataOutputStream(header), store);
    KeptUpdates read = new KeptUpdates(new BookLimits(100, MOST, WAITING_US));
    ByteArrayInputStream in = new ByteArrayInputStream(header.toByteArray());
    read.readFrom(new DataInputStream(in), store, Updates.ACME);
    assertThat(in.available()).isZero();
    assertThat(read.heapBytes()).isEqualTo(kept.heapBytes());
    return read;
  }

  @Test
  void whatIsOlderThanTheLimitFallsOutAndIsCounted() {
    kept.add(delta(1, 0));
    kept.add(delta(2, WAITING_US));
    assertThat(numbers(kept)).containsExactly(1L, 2L);
    assertThat(kept.takeDropped()).isZero();
    kept.add(delta(3, WAITING_US + 1));
    assertThat(numbers(kept)).containsExactly(2L, 3L);
    assertThat(kept.takeDropped()).isEqualTo(1);
    assertThat(kept.takeDropped()).isZero();
  }

  @Test
  void whatIsTooManyFallsOutAndIsCounted() {
    add(1, MOST);
    assertThat(kept.takeDropped()).isZero();
    add(MOST + 1, MOST + 2);
    assertThat(numbers(kept)).isEqualTo(fromTo(3, MOST + 2));
    assertThat(kept.takeDropped()).isEqualTo(2);
  }

  @Test
  void onesThatWaitByOrderStandInTheOrderOfTheirNumbers() {
    for (long number : new long[] {5, 3, 9, 5, 1}) {
      kept.addByOrder(delta(number, 0));
    }
    assertThat(numbers(kept)).containsExactly(1L, 3L, 5L, 5L, 9L);
    kept.addByOrder(delta(4, WAITING_US + 1));
    assertThat(numbers(kept)).containsExactly(4L);
    assertThat(kept.takeDropped()).isEqualTo(5);
    for (int i = 0; i < MOST; i++) {
      kept.addByOrder(delta(10 + i, WAITING_US + 1));
    }
    assertThat(kept.size()).isEqualTo(MOST);
    assertThat(kept.takeDropped()).isEqualTo(1);
  }

  @Test
  void appliedOnesAreKeptForFiveSecondsAndNotCounted() {
    kept.addApplied(delta(NO_SEQUENCE, 1));
    kept.addApplied(delta(NO_SEQUENCE, 0)); // placed by its time
    assertThat(kept.get(0).eventTimeUs()).isEqualTo(Updates.START_US);
    kept.addApplied(delta(NO_SEQUENCE, 5_000_000));
    assertThat(kept.size()).isEqualTo(3);
    kept.addApplied(delta(NO_SEQUENCE, 5_000_001));
    assertThat(kept.size()).isEqualTo(3);
    for (int i = 0; i < MOST; i++) {
      kept.addApplied(delta(NO_SEQUENCE, 5_000_001));
    }
    assertThat(kept.size()).isEqualTo(MOST);
    assertThat(kept.takeDropped()).isZero();
  }

  @Test
  void theyReachBackToTheNewestThatFellOut() {
    assertThat(kept.isWithoutBase()).isTrue();
    assertThat(kept.reachBackTo(0)).isTrue();
    add(1, MOST + 2);
    assertThat(kept.isWithoutBase()).isFalse();
    assertThat(kept.reachBackTo(1)).isFalse();
    assertThat(kept.reachBackTo(2)).isTrue();
    kept.begin(50);
    assertThat(kept.reachBackTo(49)).isFalse();
    assertThat(kept.reachBackTo(50)).isTrue();
    kept.beginWithoutBase();
    assertThat(kept.isWithoutBase()).isTrue();
  }

  /** 8 MB hold four messages of 100,000 levels; a thousand would take two gigabytes. */
  @Test
  void theirMemoryIsBounded() {
    for (int i = 1; i <= 12; i++) {
      BookUpdateBuilder builder = new BookUpdateBuilder().begin().delta(i - 1, i);
      for (int level = 0; level < 100_000; level++) {
        builder.level(true, level + 1, 0, 1, 0);
      }
      BookUpdate large = builder.build(Updates.ACME, i, i);
      switch (i % 3) {
        case 0 -> kept.add(large);
        case 1 -> kept.addByOrder(large);
        default -> kept.addApplied(large);
      }
    }
    assertThat(kept.size()).isEqualTo(4);
    assertThat(kept.get(0).sequence()).isEqualTo(9);
    assertThat(kept.heapBytes()).isLessThanOrEqualTo(8 << 20);
    assertThat(kept.reachBackTo(7)).isFalse();
    assertThat(kept.takeDropped()).isEqualTo(5);
  }

  @Test
  void theirMemoryIsTheSumOfTheirs() {
    long one = delta(1, 0).heapBytes();
    add(1, 10);
    assertThat(kept.heapBytes()).isEqualTo(10 * one);
    kept.removeIf(update -> update.sequence() % 2 == 0);
    assertThat(kept.heapBytes()).isEqualTo(5 * one);
    kept.add(delta(11, WAITING_US + 1));
    assertThat(kept.heapBytes()).isEqualTo(one);
    kept.clear();
    assertThat(kept.heapBytes()).isZero();
    assertThat(kept.size()).isZero();
  }

  @Test
  void areReadBackWhateverWasTakenAwayBetweenTwoWrites() throws IOException {
    add(1, 90);
    kept.begin(7);
    KeptUpdates read = stored();
    assertThat(numbers(read)).isEqualTo(fromTo(1, 90));
    assertThat(read.reachBackTo(6)).isFalse();
    assertThat(read.reachBackTo(7)).isTrue();

    kept.removeIf(update -> update.sequence() <= 40 || update.sequence() == 70);
    add(91, 95);
    List<Long> left = numbers(kept);
    assertThat(left).hasSize(54).startsWith(41L).doesNotContain(70L);
    assertThat(numbers(stored())).isEqualTo(left);

    List<BookUpdate> copy = kept.copy();
    kept.removeIf(update -> update.sequence() > 50);
    assertThat(numbers(stored())).isEqualTo(fromTo(41, 50));
    kept.restore(copy);
    assertThat(numbers(stored())).isEqualTo(left);

    kept.addByOrder(delta(60, 0));
    assertThat(numbers(stored())).isEqualTo(numbers(kept)).hasSize(55);
    kept.clear();
    assertThat(numbers(stored())).isEmpty();
  }

  @Test
  void onlyPagesThatChangedAreWrittenAndThoseBehindAreRemoved() throws IOException {
    add(1, 90);
    stored();
    assertThat(store.puts).isEqualTo(3);
    assertThat(store.pages).containsOnlyKeys(0L, 1L, 2L);
    stored();
    assertThat(store.puts).isEqualTo(4); // the one that is not full
    add(91, 91);
    stored();
    assertThat(store.puts).isEqualTo(5);
    kept.removeIf(update -> update.sequence() <= 64);
    stored();
    assertThat(store.puts).isEqualTo(6);
    assertThat(store.pages).containsOnlyKeys(2L);
  }

  @Test
  void whatWasReadGoesOn() throws IOException {
    add(1, 50);
    kept.removeIf(update -> update.sequence() <= 33);
    KeptUpdates read = stored();
    read.add(delta(51, 0));
    assertThat(numbers(read)).isEqualTo(fromTo(34, 51));
    read.removeIf(update -> update.sequence() <= 40);
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    read.writeTo(new DataOutputStream(header), store);
    KeptUpdates again = new KeptUpdates(new BookLimits(100, MOST, WAITING_US));
    again.readFrom(
        new DataInputStream(new ByteArrayInputStream(header.toByteArray())), store, Updates.ACME);
    assertThat(numbers(again)).isEqualTo(fromTo(41, 51));
    assertThat(store.pages).containsOnlyKeys(1L);
  }
}
