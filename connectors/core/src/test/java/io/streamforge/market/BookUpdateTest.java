package io.streamforge.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class BookUpdateTest {
  private static final Instrument INSTRUMENT = new Instrument("binance-spot", "BTCUSDT");

  private final BookUpdateBuilder builder = new BookUpdateBuilder();

  record Level(boolean bid, long price, int priceScale, long quantity, int quantityScale) {
    String text() {
      return BigDecimal.valueOf(price, priceScale).toPlainString()
          + " x "
          + BigDecimal.valueOf(quantity, quantityScale).toPlainString();
    }
  }

  @Provide
  Arbitrary<List<Level>> levels() {
    Arbitrary<Long> mantissa = Arbitraries.longs().between(0, 999_999_999);
    Arbitrary<Integer> scale = Arbitraries.integers().between(0, 8);
    return Combinators.combine(
            Arbitraries.of(true, false), mantissa.filter(p -> p > 0), scale, mantissa, scale)
        .as(Level::new)
        .list()
        .ofMaxSize(150);
  }

  @Property(tries = 500)
  void keepsEveryLevelAsItWasSent(
      @ForAll("levels") List<Level> levels, @ForAll boolean snapshot, @ForAll Integer checksum)
      throws IOException {
    builder.begin();
    if (snapshot) {
      builder.snapshot(7).depth(25).complete(checksum % 2 == 0, checksum % 3 == 0);
    } else {
      builder.delta(7, 9);
    }
    if (snapshot && checksum % 7 == 0) {
      builder.restart(7);
    }
    if (checksum % 5 != 0) {
      builder.checksum(checksum % 2 == 0 ? Checksum.KRAKEN : Checksum.OKX, checksum);
    }
    levels.forEach(l -> builder.level(l.bid, l.price, l.priceScale, l.quantity, l.quantityScale));
    BookUpdate update = builder.build(INSTRUMENT, 5, 6);

    List<String> sent = new ArrayList<>();
    levels.stream().filter(Level::bid).map(Level::text).forEach(sent::add);
    assertThat(update.bids()).isEqualTo(sent.size());
    levels.stream().filter(l -> !l.bid).map(Level::text).forEach(sent::add);
    assertThat(EventText.levels(update)).isEqualTo(sent);
    BookUpdate read = readAgain(update);
    assertThat(read).usingRecursiveComparison().isEqualTo(update);
    assertThat(EventText.of(read)).isEqualTo(EventText.of(update));
  }

  @Test
  void bringsAllLevelsToTheFinestScale() {
    builder.begin().delta(1, 2);
    builder.level(false, 101, 0, 25, 1);
    builder.level(true, 1005, 1, 125, 2);
    BookUpdate update = builder.build(INSTRUMENT, 5, 6);

    assertThat(update.priceScale()).isEqualTo(1);
    assertThat(update.quantityScale()).isEqualTo(2);
    assertThat(List.of(update.price(0), update.quantity(0))).containsExactly(1005L, 125L);
    assertThat(List.of(update.price(1), update.quantity(1))).containsExactly(1010L, 250L);
    assertThat(update.sentScales(0)).isEqualTo((short) 0x0102);
    assertThat(update.sentScales(1)).isEqualTo((short) 0x0001);
  }

  /** Zeros that were sent are no digits that are needed: beside these numbers they do not fit. */
  @Test
  void isAsFineAsItsNumbersNeedWhereItCannotBeAsFineAsTheyWereSent() {
    builder.begin();
    builder.level(true, 1, 0, 1_230, 3);
    builder.level(true, 2, 0, 12_345_678_901_234_567L, 1);
    builder.level(false, 3, 0, 10_000_000_000L, 10);
    builder.level(false, 4, 0, 12_345_678_901_234_567L, 1, (short) 3);
    BookUpdate update = builder.build(INSTRUMENT, 5, 6);
    assertThat(update.flawed()).isFalse();
    assertThat(update.quantityScale()).isEqualTo(2);
    assertThat(update.quantity(0)).isEqualTo(123);
    assertThat(EventText.levels(update))
        .containsExactly(
            "1 x 1.230", "2 x 1234567890123456.7", "3 x 1.0000000000", "4 x 1234567890123456.700");
    assertThat(update.neededQuantityScale()).isEqualTo(2);
    assertThat(update.fits(0, 2)).isTrue();
    assertThat(update.fits(17, 2)).isTrue();
    assertThat(update.fits(18, 2)).isFalse();
    assertThat(update.fits(0, 1)).isFalse();
    assertThat(update.fits(0, 3)).isFalse();
  }

  @Test
  void aLevelBesideWhichTheFinestDoesNotFitIsLeftOut() {
    builder.begin();
    builder.level(true, 1, 0, 1, 18);
    builder.level(true, 2, 0, 7, 0);
    BookUpdate update = builder.build(INSTRUMENT, 5, 6);
    assertThat(update.flawed()).isTrue();
    assertThat(EventText.levels(update)).containsExactly("1 x 0.000000000000000001");

    builder.begin();
    builder.level(true, Decimals.LIMIT - 1, 0, 1, 0);
    builder.level(false, 1, 1, 1, 0);
    update = builder.build(INSTRUMENT, 5, 6);
    assertThat(update.flawed()).isTrue();
    assertThat(update.bids()).isZero();
    assertThat(EventText.levels(update)).containsExactly("0.1 x 1");

    builder.begin();
    builder.level(true, Decimals.LIMIT / 10 - 1, 0, 1, 0);
    builder.level(false, 1, 1, 1, 0);
    update = builder.build(INSTRUMENT, 5, 6);
    assertThat(update.flawed()).isFalse();
    assertThat(update.price(0)).isEqualTo(Decimals.LIMIT - 10);
  }

  @Test
  void forgetsTheLastMessage() {
    builder
        .begin()
        .restart(8)
        .atLeastDepth(10)
        .complete(false, false)
        .checksum(Checksum.KRAKEN, 77);
    builder.level(true, 1, 5, 1, 6);
    builder.build(INSTRUMENT, 5, 6);
    BookUpdate next = builder.begin().build(INSTRUMENT, 5, 6);
    BookUpdate fresh = new BookUpdateBuilder().begin().build(INSTRUMENT, 5, 6);

    assertThat(next).usingRecursiveComparison().isEqualTo(fresh);
    assertThat(next.levels()).isZero();
    assertThat(next.checksum()).isNull();
    assertThat(next.sequence()).isEqualTo(BookUpdate.NO_SEQUENCE);
  }

  /** Each of them alone, so that none stands for another. */
  @Test
  void keepsWhatAMessageSaysOfItself() throws IOException {
    List<UnaryOperator<BookUpdateBuilder>> traits =
        List.of(
            BookUpdateBuilder::untimed,
            BookUpdateBuilder::flawed,
            BookUpdateBuilder::overlapping,
            b -> b.feed(200),
            b -> b.subscribed(25),
            b -> b.notice(BookUpdate.Kind.DISCONNECTED),
            b -> b.notice(BookUpdate.Kind.UNREADABLE),
            b -> b.notice(BookUpdate.Kind.LOST),
            b -> b.restart(7).depth(25),
            b -> b.restart(7).atLeastDepth(25));
    Set<String> texts = new HashSet<>();
    for (UnaryOperator<BookUpdateBuilder> trait : traits) {
      BookUpdate update = trait.apply(builder.begin()).build(INSTRUMENT, 5, 6);
      BookUpdate read = readAgain(update);
      assertThat(read).usingRecursiveComparison().isEqualTo(update);
      assertThat(EventText.of(read)).isEqualTo(EventText.of(update));
      texts.add(EventText.of(read));
    }
    assertThat(texts).hasSize(traits.size());
  }

  private static BookUpdate readAgain(BookUpdate update) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    update.writeTo(new DataOutputStream(bytes));
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    BookUpdate read = BookUpdate.readFrom(in, INSTRUMENT);
    assertThat(in.available()).isZero();
    return read;
  }
}
