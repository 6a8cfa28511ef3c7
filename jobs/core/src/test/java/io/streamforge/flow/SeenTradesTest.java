package io.streamforge.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.market.Side;
import io.streamforge.market.Trade;
import io.streamforge.market.TradeIds;
import io.streamforge.testkit.Updates;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SeenTradesTest {
  private static final long T = Updates.START_US;

  private SeenTrades seen = new SeenTrades();

  private static Trade trade(TradeIds ids, long id, long timeUs) {
    return new Trade(Updates.ACME, ids, id, 100, 0, 1, 0, Side.BUY, timeUs, timeUs);
  }

  private long accept(TradeIds ids, long id) {
    return seen.accept(trade(ids, id, T));
  }

  private static SeenTrades copy(SeenTrades seen) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    seen.writeTo(new DataOutputStream(bytes));
    SeenTrades read = new SeenTrades();
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    read.readFrom(in);
    assertThat(in.available()).isZero();
    return read;
  }

  @ParameterizedTest
  @EnumSource(
      value = TradeIds.class,
      names = {"CONSECUTIVE", "CONSECUTIVE_AGGREGATE"})
  void countsTheIdsBetweenTheHighestAndTheNext(TradeIds ids) {
    assertThat(accept(ids, 1_000)).isZero();
    assertThat(accept(ids, 1_001)).isZero();
    assertThat(accept(ids, 1_005)).isEqualTo(3);
    assertThat(accept(ids, 1_003)).isZero(); // late
    assertThat(accept(ids, 900)).isZero();
    assertThat(accept(ids, 1_006)).isZero();
    assertThat(accept(ids, 1_005)).isEqualTo(SeenTrades.DUPLICATE);
    assertThat(accept(ids, 1_008)).isEqualTo(1);
  }

  @Test
  void anAbsurdIdSkipsABillionAtMost() {
    accept(TradeIds.CONSECUTIVE, 1);
    assertThat(accept(TradeIds.CONSECUTIVE, Long.MAX_VALUE)).isEqualTo(1_000_000_000);
  }

  @Test
  void idsThatOnlyIdentifySkipNothing() {
    assertThat(accept(TradeIds.UNORDERED, Long.MAX_VALUE)).isZero();
    assertThat(accept(TradeIds.UNORDERED, Long.MIN_VALUE)).isZero();
    assertThat(accept(TradeIds.UNORDERED, 5)).isZero();
    assertThat(accept(TradeIds.UNORDERED, 500)).isZero();
    assertThat(accept(TradeIds.UNORDERED, Long.MAX_VALUE)).isEqualTo(SeenTrades.DUPLICATE);
    assertThat(accept(TradeIds.UNORDERED, Long.MIN_VALUE)).isEqualTo(SeenTrades.DUPLICATE);
  }

  @Test
  void tradesWithoutAnIdAreAllNew() {
    assertThat(accept(TradeIds.NONE, 0)).isZero();
    assertThat(accept(TradeIds.NONE, 0)).isZero();
  }

  @Test
  void theSameNumberOfAnotherSequenceIsAnotherTrade() {
    assertThat(accept(TradeIds.CONSECUTIVE, 7)).isZero();
    assertThat(accept(TradeIds.CONSECUTIVE_AGGREGATE, 7)).isZero();
    assertThat(accept(TradeIds.UNORDERED, 7)).isZero();
    assertThat(accept(TradeIds.CONSECUTIVE, 7)).isEqualTo(SeenTrades.DUPLICATE);
    assertThat(accept(TradeIds.CONSECUTIVE_AGGREGATE, 20)).isEqualTo(12);
  }

  @Test
  void memoryEndsAfter256IdsThatDoNotFollowOneAnother() throws IOException {
    for (long id = 0; id < 256; id++) {
      assertThat(accept(TradeIds.UNORDERED, 2 * id)).isZero();
    }
    assertThat(accept(TradeIds.UNORDERED, 0)).isEqualTo(SeenTrades.DUPLICATE);
    assertThat(accept(TradeIds.UNORDERED, 1_000_000)).isZero();
    assertThat(accept(TradeIds.UNORDERED, 2)).isEqualTo(SeenTrades.DUPLICATE);
    assertThat(copy(seen).accept(trade(TradeIds.UNORDERED, 0, T))).isZero();
    assertThat(accept(TradeIds.UNORDERED, 0)).isZero();
  }

  @Test
  void ofIdsThatFollowOneAnotherAllAreRemembered() {
    for (long id = 1; id <= 100_000; id++) {
      assertThat(accept(TradeIds.CONSECUTIVE, id)).isZero();
    }
    assertThat(accept(TradeIds.CONSECUTIVE, 1)).isEqualTo(SeenTrades.DUPLICATE);
    assertThat(accept(TradeIds.CONSECUTIVE, 99_999)).isEqualTo(SeenTrades.DUPLICATE);
  }

  @Test
  void aVenueThatCountsAnewIsHeardAgain() throws IOException {
    for (long id = 1; id <= 1000; id++) {
      seen.accept(trade(TradeIds.CONSECUTIVE, id, T + id));
    }
    long newestUs = T + 1000;
    assertThat(seen.accept(trade(TradeIds.CONSECUTIVE, 1, newestUs + 10_000_000)))
        .isEqualTo(SeenTrades.DUPLICATE);
    seen = copy(seen);
    assertThat(seen.accept(trade(TradeIds.CONSECUTIVE, 2, newestUs + 10_000_001))).isZero();
    assertThat(seen.accept(trade(TradeIds.CONSECUTIVE, 3, newestUs + 10_000_001))).isZero();
    assertThat(seen.accept(trade(TradeIds.CONSECUTIVE, 5, newestUs + 10_000_002))).isEqualTo(1);
    assertThat(seen.accept(trade(TradeIds.CONSECUTIVE, 2, newestUs + 10_000_003)))
        .isEqualTo(SeenTrades.DUPLICATE);
  }

  /** Ids as feeds send them: mostly the next, some skipped, late, repeated or of no order. */
  private static long nextId(Random random, List<Long> taken) {
    long newest = taken.isEmpty() ? 1_000 : taken.get(taken.size() - 1);
    return switch (random.nextInt(10)) {
      case 0 -> newest + 2 + random.nextInt(3);
      case 1 -> newest - 1 - random.nextInt(5);
      case 2, 3 -> taken.isEmpty() ? 7 : taken.get(random.nextInt(taken.size()));
      case 4 -> random.nextLong() >>> 2;
      default -> newest + 1;
    };
  }

  /** As long as no range has to go. */
  @Property(tries = 300)
  void isThePlainSetOfAllIdsAndStateGoesOnWhereItWasWritten(@ForAll long seed, @ForAll TradeIds ids)
      throws IOException {
    Random random = new Random(seed);
    SeenTrades whole = new SeenTrades();
    SeenTrades carried = new SeenTrades();
    TreeSet<Long> all = new TreeSet<>();
    List<Long> taken = new ArrayList<>();
    for (int i = 0; i < 256; i++) {
      long id = nextId(random, taken);
      boolean skips = ids.areConsecutive() && !all.isEmpty() && id > all.last();
      long skipped = skips ? Math.min(id - all.last() - 1, 1_000_000_000) : 0;
      boolean isNew = all.add(id) || ids == TradeIds.NONE;
      long answer = whole.accept(trade(ids, id, T));
      assertThat(answer).isEqualTo(isNew ? skipped : SeenTrades.DUPLICATE);
      assertThat(carried.accept(trade(ids, id, T))).isEqualTo(answer);
      if (isNew) {
        taken.add(id);
      }
      carried = copy(carried);
    }
  }

  @Property(tries = 100)
  void neverDropsANewIdAndDropsEveryRepeatOfTheLast256(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    SeenTrades whole = new SeenTrades();
    SeenTrades carried = new SeenTrades();
    Set<Long> all = new HashSet<>();
    List<Long> taken = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      long id = nextId(random, taken);
      long answer = whole.accept(trade(TradeIds.CONSECUTIVE, id, T));
      assertThat(carried.accept(trade(TradeIds.CONSECUTIVE, id, T))).isEqualTo(answer);
      if (all.add(id)) {
        assertThat(answer).isNotEqualTo(SeenTrades.DUPLICATE);
      } else if (taken.subList(Math.max(0, taken.size() - 256), taken.size()).contains(id)) {
        assertThat(answer).isEqualTo(SeenTrades.DUPLICATE);
      }
      if (answer != SeenTrades.DUPLICATE) {
        taken.add(id);
      }
      if (random.nextInt(100) == 0) {
        carried = copy(carried);
      }
    }
  }
}
