package io.streamforge.flow;

import static io.streamforge.testkit.Updates.delta;
import static io.streamforge.testkit.Updates.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamforge.book.Books;
import io.streamforge.book.OrderBook;
import io.streamforge.testkit.Updates;
import io.streamforge.testkit.reference.Level;
import io.streamforge.testkit.reference.Quote;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class OrderFlowImbalanceTest {
  private OrderBook book = new OrderBook(Books.LIMITS);
  private OrderFlowImbalance imbalance = new OrderFlowImbalance();

  private void apply(Updates message) {
    switch (book.apply(message.build())) {
      case APPLIED -> imbalance.update(book);
      case SNAPSHOT_APPLIED -> imbalance.prime(book);
      case GAP, CHECKSUM_MISMATCH -> imbalance.interrupt();
      default -> {}
    }
  }

  /** Moves the best bid and ask from a quote to the next. */
  private static Updates move(int number, JsonNode from, JsonNode to) {
    Updates message = delta(number);
    for (int side = 0; side < 2; side++) {
      String price = to.get(2 * side).asText();
      if (!price.equals(from.get(2 * side).asText())) {
        message.level(side == 0, from.get(2 * side).asText(), "0");
      }
      message.level(side == 0, price, to.get(2 * side + 1).asText());
    }
    return message;
  }

  @Test
  void isTheOneWorkedByHand() throws IOException {
    JsonNode golden;
    try (InputStream json = getClass().getResourceAsStream("ofi.json")) {
      golden = new ObjectMapper().readTree(json);
    }
    JsonNode quotes = golden.get("quotes");
    double sum = 0;
    OrderFlowImbalance whole = new OrderFlowImbalance();
    for (int i = 0; i < quotes.size(); i++) {
      JsonNode quote = quotes.get(i);
      if (i == 0) {
        apply(
            snapshot(0)
                .bid(quote.get(0).asText(), quote.get(1).asText())
                .ask(quote.get(2).asText(), quote.get(3).asText()));
        whole.prime(book);
      } else {
        apply(move(i, quotes.get(i - 1), quote));
        whole.update(book);
        double value = imbalance.take();
        assertThat(value).isEqualTo(golden.get("ofi").get(i - 1).asDouble());
        sum += value;
      }
    }
    assertThat(whole.take()).isEqualTo(golden.get("sum").asDouble()).isEqualTo(sum);
    assertThat(whole.take()).isZero();
  }

  @Test
  void aSnapshotAddsNothingAndKeepsTheIntervalsSum() {
    apply(snapshot(1).bid("10", "1").ask("11", "1"));
    apply(delta(2).bid("10", "3"));
    apply(snapshot(3).bid("20", "7").ask("21", "7"));
    apply(delta(4).bid("20", "8"));
    assertThat(imbalance.take()).isEqualTo(2 + 1);
  }

  @Test
  void aGapAddsNothingAndKeepsTheIntervalsSum() {
    apply(snapshot(1).bid("10", "1").ask("11", "1"));
    apply(delta(2).bid("10", "3"));
    apply(delta(9).bid("10", "100"));
    apply(delta(10).bid("10", "200"));
    apply(snapshot(10).bid("10", "50").ask("11", "1"));
    apply(delta(11).bid("10", "49"));
    assertThat(imbalance.take()).isEqualTo(2 - 1);
  }

  @Test
  void anEmptySideAddsNothingAndWhatFollowsItNeither() {
    apply(snapshot(1).bid("10", "1").ask("11", "1"));
    apply(delta(2).ask("11", "0"));
    apply(delta(3).ask("11", "5"));
    assertThat(imbalance.take()).isZero();
    apply(delta(4).ask("11", "4"));
    assertThat(imbalance.take()).isEqualTo(1);
  }

  @Test
  void aFinerDeltaAndACoarserSnapshotKeepTheSumExact() {
    apply(snapshot(1).bid("10", "0.1").ask("11", "1"));
    apply(delta(2).bid("10", "0.3")); // +0.2
    apply(delta(3).bid("10.000001", "0.0000000001")); // +1e-10
    apply(snapshot(4).bid("12", "1").ask("13", "1"));
    apply(delta(5).bid("12", "2")); // +1
    apply(delta(6).ask("13", "1.5")); // −0.5
    assertThat(imbalance.take()).isEqualTo(0.7000000001);
    apply(delta(7).ask("13", "1.25"));
    assertThat(imbalance.take()).isEqualTo(0.25);
  }

  /** Decimals of any scale, snapshots, gaps and copies of the state between them. */
  @Property(tries = 300)
  void equalsDecimalArithmetic(@ForAll long seed) throws IOException {
    book = new OrderBook(Books.LIMITS);
    imbalance = new OrderFlowImbalance();
    Random random = new Random(seed);
    Quote before = null;
    BigDecimal sum = BigDecimal.ZERO;
    for (int number = 1; number <= 40; number++) {
      Quote now =
          new Quote(
              new Level(decimal(random, 100), decimal(random, 1)),
              new Level(decimal(random, 110), decimal(random, 1)));
      int what = before == null ? 0 : random.nextInt(12);
      Updates message = what == 0 ? snapshot(number) : delta(what == 1 ? number + 1 : number);
      if (what > 1) {
        message.bid(before.bid().price().toString(), "0");
        message.ask(before.ask().price().toString(), "0");
        sum = sum.add(now.flowSince(before));
      }
      apply(
          message
              .bid(now.bid().price().toString(), now.bid().quantity().toString())
              .ask(now.ask().price().toString(), now.ask().quantity().toString()));
      before = what == 1 ? null : now;
      imbalance = copy(imbalance);
      if (random.nextInt(8) == 0) {
        assertThat(imbalance.take()).isEqualTo(sum.doubleValue());
        sum = BigDecimal.ZERO;
      }
    }
    assertThat(imbalance.take()).isEqualTo(sum.doubleValue());
  }

  private static BigDecimal decimal(Random random, int whole) {
    int scale = random.nextInt(7);
    return BigDecimal.valueOf(whole)
        .add(BigDecimal.valueOf(random.nextInt(scale + 1), scale))
        .setScale(scale);
  }

  private static OrderFlowImbalance copy(OrderFlowImbalance original) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    original.writeTo(new DataOutputStream(bytes));
    OrderFlowImbalance copy = new OrderFlowImbalance();
    copy.readFrom(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    return copy;
  }
}
