package io.streamforge.instrument;

import static io.streamforge.testkit.Updates.ACME;
import static io.streamforge.testkit.Updates.START_US;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.market.Side;
import io.streamforge.market.Trade;
import io.streamforge.market.TradeIds;
import io.streamforge.time.SampleGrid;
import io.streamforge.window.HeapPages;
import io.streamforge.window.PageStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class WaitingTradesTest {
  private static final long SECOND_US = 1_000_000;
  private static final int SMALL = WaitingTrades.SMALLEST_PAGE;
  private static final int LARGE = WaitingTrades.LARGEST_PAGE;

  /** What {@link Trade#writeTo} writes. */
  private static final int TRADE_BYTES = 44;

  private static Trade trade(long id, long timeUs) {
    return new Trade(
        ACME, TradeIds.CONSECUTIVE, id, 100 + id % 7, 2, 3, 1, Side.BUY, timeUs - 5, timeUs);
  }

  private static WaitingTrades over(PageStore store) {
    return new WaitingTrades(ACME, SECOND_US, store);
  }

  private static byte[] header(WaitingTrades trades) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    trades.writeTo(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static WaitingTrades read(byte[] header, PageStore store) throws IOException {
    WaitingTrades read = over(store);
    ByteArrayInputStream in = new ByteArrayInputStream(header);
    read.readFrom(new DataInputStream(in));
    assertThat(in.available()).isZero();
    return read;
  }

  /** They can be read more than once before they are dropped. */
  private static List<Trade> taken(WaitingTrades trades, long sampleUs) throws IOException {
    List<Trade> taken = new ArrayList<>();
    trades.until(sampleUs).forEach(taken::add);
    assertThat(trades.until(sampleUs)).containsExactlyElementsOf(taken);
    trades.dropUntil(sampleUs);
    return taken;
  }

  /** All trades in one list: those of a sample are found by looking through it. */
  private record PlainTrades(List<Trade> waiting) {
    private static long sampleUs(Trade trade) {
      return SampleGrid.after(trade.effectiveTimeUs(), SECOND_US);
    }

    long nextSampleUs() {
      return waiting.stream().mapToLong(PlainTrades::sampleUs).min().orElse(Long.MAX_VALUE);
    }

    List<Trade> takeUntil(long sampleUs) {
      List<Trade> taken =
          waiting.stream()
              .filter(trade -> sampleUs(trade) <= sampleUs)
              .sorted(Comparator.comparingLong(PlainTrades::sampleUs))
              .toList();
      waiting.removeIf(trade -> sampleUs(trade) <= sampleUs);
      return taken;
    }
  }

  /** What a checkpoint holds: the header and every page, and the plain list beside it. */
  private record Saved(byte[] header, HeapPages pages, PlainTrades plain) {
    static Saved of(WaitingTrades trades, HeapPages pages, PlainTrades plain) throws IOException {
      return new Saved(
          WaitingTradesTest.header(trades),
          copy(pages),
          new PlainTrades(new ArrayList<>(plain.waiting)));
    }

    static HeapPages copy(HeapPages pages) throws IOException {
      HeapPages copy = new HeapPages();
      for (long number : pages.numbers()) {
        copy.put(number, pages.get(number).clone());
      }
      return copy;
    }
  }

  /** Ahead by little and by much, in order and in none, with restores of now and of before. */
  @Property(tries = 200)
  void areTakenAsFromOneList(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    HeapPages pages = new HeapPages();
    WaitingTrades trades = over(pages);
    PlainTrades plain = new PlainTrades(new ArrayList<>());
    Saved saved = Saved.of(trades, pages, plain);
    long publishedUs = START_US;
    long savedUs = publishedUs;
    long disorderUs = 1 + random.nextLong(1 + random.nextInt(600) * SECOND_US);
    long ahead = publishedUs;
    for (long id = 0, end = random.nextInt(40 * SMALL); id < end; id++) {
      ahead = Math.max(ahead, publishedUs) + random.nextLong(SECOND_US / 10);
      Trade next = trade(id, Math.max(publishedUs, ahead - random.nextLong(disorderUs)));
      trades.add(next);
      plain.waiting.add(next);
      int draw = random.nextInt(300);
      if (draw < 20) {
        publishedUs = SampleGrid.after(publishedUs, SECOND_US) + random.nextInt(3) * SECOND_US;
        assertThat(taken(trades, publishedUs)).isEqualTo(plain.takeUntil(publishedUs));
      } else if (draw < 24) {
        trades = read(header(trades), pages);
      } else if (draw == 24) {
        saved = Saved.of(trades, pages, plain);
        savedUs = publishedUs;
      } else if (draw == 25) {
        pages = Saved.copy(saved.pages);
        trades = read(saved.header, pages);
        plain = new PlainTrades(new ArrayList<>(saved.plain.waiting));
        publishedUs = savedUs;
      }
      assertThat(trades.nextSampleUs()).isEqualTo(plain.nextSampleUs());
    }
    while (plain.nextSampleUs() < Long.MAX_VALUE) {
      long next = plain.nextSampleUs();
      assertThat(taken(trades, next)).isEqualTo(plain.takeUntil(next));
      assertThat(trades.nextSampleUs()).isEqualTo(plain.nextSampleUs());
    }
    assertThat(pages.numbers()).isEmpty();
  }

  /** Gives away other arrays than it keeps, and knows which of these are still in use. */
  private static final class WatchedPages implements PageStore {
    final HeapPages pages = new HeapPages();
    final List<WeakReference<byte[]>> given = new ArrayList<>();
    long putBytes;
    int puts;

    @Override
    public byte[] get(long page) throws IOException {
      byte[] copy = pages.get(page).clone();
      given.add(new WeakReference<>(copy));
      return copy;
    }

    @Override
    public void put(long page, byte[] bytes) {
      puts++;
      putBytes += bytes.length;
      pages.put(page, bytes.clone());
    }

    @Override
    public void remove(long page) {
      pages.remove(page);
    }
  }

  private static <T> void awaitAtMost(int most, List<WeakReference<T>> references) {
    Instant end = Instant.now().plus(Duration.ofSeconds(30));
    long held = Long.MAX_VALUE;
    while (held > most && Instant.now().isBefore(end)) {
      System.gc();
      held = references.stream().filter(reference -> !reference.refersTo(null)).count();
    }
    assertThat(held).isLessThanOrEqualTo(most);
  }

  /** Ten minutes ahead of the books, in order or in none: the heap holds a page of trades. */
  @Test
  void theHeapHoldsFewOfThem() throws IOException {
    for (boolean ordered : new boolean[] {true, false}) {
      WatchedPages store = new WatchedPages();
      WaitingTrades waiting = over(store);
      List<WeakReference<Trade>> added = new ArrayList<>();
      for (int id = 0; id < 60_000; id++) {
        long after = ordered ? id * (SECOND_US / 100) : id * 7919L % 600 * SECOND_US;
        Trade next = trade(id, START_US + after);
        waiting.add(next);
        added.add(new WeakReference<>(next));
      }
      awaitAtMost(LARGE, added);
      for (int second = 1; second <= 10; second++) {
        assertThat(taken(waiting, START_US + second * SECOND_US)).hasSize(100);
        awaitAtMost(WaitingTrades.OPEN_PAGES, store.given);
      }
      assertThat(waiting.nextSampleUs()).isEqualTo(START_US + 11 * SECOND_US);
    }
  }

  /** Many trades of one second, read from the first to the last: the heap holds two pages. */
  @Test
  void theHeapHoldsFewOfOneSample() throws IOException {
    WatchedPages store = new WatchedPages();
    WaitingTrades waiting = over(store);
    List<WeakReference<Trade>> read = new ArrayList<>();
    for (int id = 0; id < 20_000; id++) {
      waiting.add(trade(id, START_US));
    }
    for (Trade trade : waiting.until(START_US + SECOND_US)) {
      assertThat(trade.id()).isEqualTo(read.size());
      read.add(new WeakReference<>(trade));
      if (read.size() % 5_000 == 0) {
        awaitAtMost(LARGE, read);
        awaitAtMost(WaitingTrades.OPEN_PAGES + 1, store.given);
      }
    }
    assertThat(read).hasSize(20_000);
    waiting.dropUntil(START_US + SECOND_US);
    assertThat(store.pages.numbers()).isEmpty();
  }

  /** Each trade goes to the state once, and a checkpoint adds what is in no page yet. */
  @Test
  void aCheckpointWritesWhatIsNew() throws IOException {
    WatchedPages store = new WatchedPages();
    WaitingTrades waiting = over(store);
    for (int id = 0; id < 60_000; id++) {
      waiting.add(trade(id, START_US + id * (SECOND_US / 100)));
    }
    int pages = store.puts;
    assertThat(pages).isBetween(60_000 / LARGE, 60_000 / SMALL / 2);
    long paged = (store.putBytes - pages) / TRADE_BYTES;
    assertThat(paged).isBetween(60_000L - LARGE, 60_000L);
    assertThat(header(waiting)).hasSizeLessThan(LARGE * TRADE_BYTES + 8 * pages);
    assertThat(store.puts).isEqualTo(pages);
    for (int id = 60_000; id < 60_000 + LARGE; id++) {
      waiting.add(trade(id, START_US + id * (SECOND_US / 100)));
    }
    assertThat(store.puts).isEqualTo(pages + 1);
  }

  /** A log in the order of time is read as it was written, a page at a time. */
  @Test
  void aPageIsReadOnce() throws IOException {
    WatchedPages store = new WatchedPages();
    WaitingTrades waiting = over(store);
    int count = 20 * SMALL;
    for (int id = 0; id < count; id++) {
      waiting.add(trade(id, START_US + id * (SECOND_US / 10)));
    }
    int taken = 0;
    while (waiting.nextSampleUs() < Long.MAX_VALUE) {
      taken += taken(waiting, waiting.nextSampleUs()).size();
    }
    assertThat(taken).isEqualTo(count);
    assertThat(store.given).hasSize(20);
  }

  @Test
  void fewTradesNeedNoStore() throws IOException {
    WatchedPages store = new WatchedPages();
    WaitingTrades waiting = over(store);
    for (int id = 0; id < 100 * SMALL; id++) {
      waiting.add(trade(id, START_US + id * (SECOND_US / 20)));
      taken(waiting, START_US + id * (SECOND_US / 20) - SECOND_US);
    }
    assertThat(store.puts).isZero();
  }

  @Test
  void aPageOfAnotherVersionIsRefused() throws IOException {
    HeapPages pages = new HeapPages();
    WaitingTrades waiting = over(pages);
    for (int id = 0; id < SMALL; id++) {
      waiting.add(trade(id, START_US));
    }
    pages.get(pages.numbers().iterator().next())[0] = 2;
    assertThatThrownBy(() -> waiting.dropUntil(START_US + SECOND_US))
        .isInstanceOf(IOException.class)
        .hasMessage("a page of trades has version 2, this StreamForge reads 1");
  }
}
