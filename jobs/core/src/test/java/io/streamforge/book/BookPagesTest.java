package io.streamforge.book;

import static io.streamforge.testkit.Updates.START_US;
import static io.streamforge.testkit.Updates.delta;
import static io.streamforge.testkit.Updates.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.testkit.Updates;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** A book is written in pages, of which only those that changed are written again. */
class BookPagesTest {
  private final PagesInMemory pages = new PagesInMemory();

  private static OrderBook deepBook(int levels) {
    Updates snapshot = snapshot(1);
    for (int i = 0; i < levels; i++) {
      snapshot.bid(String.valueOf(100_000 - i), "1").ask(String.valueOf(100_001 + i), "2");
    }
    return Books.of(snapshot);
  }

  private int putsOf(OrderBook book) {
    int before = pages.puts;
    pages.write(book);
    return pages.puts - before;
  }

  private static List<String> levels(OrderBook book) {
    List<String> levels = new ArrayList<>();
    for (BookSide side : List.of(book.bids(), book.asks())) {
      for (int rank = 0; rank < side.size(); rank++) {
        levels.add(side.price(rank) + " " + side.quantity(rank) + " " + side.isKnown(rank));
      }
    }
    return levels;
  }

  @Test
  void aChangeWritesItsOwnPageAndNoOther() {
    OrderBook book = deepBook(1000);
    assertThat(putsOf(book)).isEqualTo(2 * 15);
    assertThat(putsOf(book)).isZero();
    book.apply(delta(2).bid("100000", "7").bid("99999", "7").build());
    assertThat(putsOf(book)).isEqualTo(1);
    book.apply(delta(3).bid("100000", "8").ask("101000", "8").build());
    assertThat(putsOf(book)).isEqualTo(2);
    book.apply(delta(4).bid("5", "0").build()); // there was none
    assertThat(putsOf(book)).isZero();
    assertThat(levels(pages.read(Books.LIMITS))).isEqualTo(levels(book)).hasSize(2000);
  }

  @Test
  void pagesSplitAndJoinAsTheBookMoves() {
    OrderBook book = deepBook(1000);
    pages.write(book);
    assertThat(pages.pages).hasSize(2 * 15 + 0);
    for (int i = 0; i < 1000; i++) {
      book.apply(delta(2 + i).bid(String.valueOf(100_000 - i), "0").build());
    }
    pages.write(book);
    assertThat(pages.pages).hasSize(1 + 15);
    assertThat(levels(pages.read(Books.LIMITS))).isEqualTo(levels(book)).hasSize(1000);
    book.apply(snapshot(2000).bid("1", "1").ask("2", "1").build());
    pages.write(book);
    assertThat(pages.pages).hasSize(2);
    assertThat(levels(pages.read(Books.LIMITS))).containsExactly("1 1 true", "2 1 true");
  }

  @Property(tries = 300)
  void aBookReadBackIsTheBookWhateverHappenedBetweenTwoWrites(@ForAll long seed) {
    Random random = new Random(seed);
    BookLimits limits = new BookLimits(50 + random.nextInt(400), 1000, 60_000_000);
    OrderBook book = new OrderBook(limits);
    OrderBook twin = new OrderBook(limits);
    for (int sequence = 1; sequence < 200; sequence++) {
      boolean snapshot = sequence == 1 || random.nextInt(40) == 0;
      Updates message = snapshot ? snapshot(sequence) : delta(sequence);
      int centre = 1000 + random.nextInt(1000);
      for (int i = random.nextInt(snapshot ? 600 : 40); i > 0; i--) {
        String fraction = random.nextInt(2000) == 0 ? ".5" : "";
        boolean bid = random.nextBoolean();
        int price = centre + (bid ? -1 : 1) * (1 + random.nextInt(400));
        message.level(bid, price + fraction, random.nextInt(3) == 0 ? "0" : "1." + i);
      }
      book.apply(message.build());
      twin.apply(message.build());
      if (random.nextInt(5) == 0) {
        pages.write(book);
      }
      if (random.nextInt(10) == 0) {
        book = pages.restarted(book, limits);
      }
      assertThat(levels(book)).isEqualTo(levels(twin));
    }
  }

  /** A delta that waits is written once, not with every checkpoint. */
  @Test
  void whatWaitsIsWrittenAsItCame() {
    OrderBook book = new OrderBook(Books.LIMITS);
    long sequence = 10;
    for (int i = 0; i < 100; i++) {
      book.apply(delta(++sequence).bid("5", "" + sequence).build());
    }
    assertThat(putsOf(book)).isEqualTo(2 + 4);
    book.apply(delta(++sequence).bid("5", "" + sequence).build());
    assertThat(putsOf(book)).isEqualTo(1);
    OrderBook read = pages.read(Books.LIMITS);
    Outcome outcome = read.apply(snapshot(60).ask("6", "1").build());
    assertThat(outcome).isEqualTo(Outcome.SNAPSHOT_APPLIED);
    assertThat(read.sequence()).isEqualTo(sequence);
    assertThat(levels(read)).containsExactly("5 111 true", "6 1 true");
    pages.write(read);
    assertThat(pages.pages.keySet()).hasSize(2 + 1); // the page that is being filled stays
    assertThat(levels(pages.read(Books.LIMITS))).isEqualTo(levels(read));
  }

  @Test
  void whatWaitsIsBoundedByAge() {
    OrderBook book = new OrderBook(new BookLimits(100, 100, 1_000_000));
    book.apply(delta(2).bid("5", "2").at(START_US).build());
    book.apply(delta(3).bid("5", "3").at(START_US + 1_000_000).build());
    assertThat(book.takeDropped()).isZero();
    book.apply(delta(4).bid("5", "4").at(START_US + 1_000_001).build());
    assertThat(book.takeDropped()).isEqualTo(1);
    assertThat(book.apply(snapshot(1).bid("5", "1").build())).isEqualTo(Outcome.GAP);
    assertThat(book.apply(snapshot(2).bid("5", "1").build())).isEqualTo(Outcome.SNAPSHOT_APPLIED);
    assertThat(book.sequence()).isEqualTo(4);
  }

  @Test
  void keepsSoManyLevelsASideAndKnowsNothingBeyond() {
    BookLimits limits = new BookLimits(3, 100, 1_000_000);
    OrderBook book = new OrderBook(limits);
    book.apply(
        snapshot(1).bid("9", "1").bid("8", "1").bid("7", "1").bid("6", "1").ask("10", "1").build());
    assertThat(levels(book)).containsExactly("9 1 true", "8 1 true", "7 1 true", "10 1 true");
    assertThat(book.bids().topQuantity(4)).isNull();
    assertThat(book.asks().topQuantity(4).toDouble(0)).isEqualTo(1);
    book.apply(delta(2).bid("9", "0").bid("5", "1").build());
    assertThat(levels(pages.restarted(book, limits)))
        .containsExactly("8 1 true", "7 1 true", "5 1 false", "10 1 true");
    book.apply(
        snapshot(3).depth(5).bid("9", "1").bid("8", "1").bid("7", "1").bid("6", "1").build());
    assertThat(book.bids().size()).isEqualTo(3);
    assertThat(book.bids().topQuantity(4)).isNull();
  }

  @Test
  void takesSoMuchMemoryAsItSays() {
    long empty = new OrderBook(Books.LIMITS).heapBytes();
    OrderBook deep = deepBook(1000);
    assertThat(deep.heapBytes()).isBetween(2000L * 18, 4 * 2000L * 18);
    OrderBook waits = Books.of(delta(2).bid("1", "1"));
    assertThat(waits.heapBytes()).isGreaterThan(empty);
    waits.apply(snapshot(1).bid("1", "1").build());
    assertThat(waits.heapBytes()).isEqualTo(empty);
  }
}
