package io.streamforge.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.BookUpdateBuilder;
import io.streamforge.market.Decimals;
import io.streamforge.market.Instrument;
import io.streamforge.market.Origin;
import io.streamforge.market.Side;
import io.streamforge.market.Touch;
import io.streamforge.market.Trade;
import io.streamforge.market.TradeIds;
import io.streamforge.market.TradeKind;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class MarketEventWriterTest {
  private static final Instrument INSTRUMENT = new Instrument("kraken", "XBT/USD");
  private static final Origin ORIGIN = new Origin(1_723_161_256_000_003L, 7, 1L << 40, 2);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final MarketEventWriter writer = new MarketEventWriter();
  private final Utf8Builder text = new Utf8Builder();

  private static BookUpdate update() {
    return new BookUpdateBuilder()
        .begin()
        .build(INSTRUMENT, 1_723_161_256_000_001L, 1_723_161_256_000_002L)
        .from(ORIGIN);
  }

  private static Trade trade(TradeIds ids, long id, Side side) {
    return new Trade(INSTRUMENT, ids, id, 6_183_700, 2, 250, 8, side, 1, 2).from(ORIGIN);
  }

  private String written(Trade trade) {
    return new String(writer.trade(trade), UTF_8);
  }

  @Test
  void aTradeStandsThere() {
    assertThat(written(trade(TradeIds.CONSECUTIVE, 42, Side.SELL)))
        .isEqualTo(
            """
            {"schema":"market-events/1","instrument":"kraken:XBT/USD","type":"trade",\
            "event_time_us":1,"receive_time_us":1723161256000003,"effective_time_us":2,\
            "trade_id":"42","kind":"market","side":"sell","price":"61837","quantity":"0.0000025"}""");
  }

  @Test
  void anIdIsTheVenuesOwnTextOrNone() {
    assertThat(written(trade(TradeIds.NONE, 0, Side.BUY)))
        .contains("\"trade_id\":null,\"kind\":\"market\",\"side\":\"buy\"");
    assertThat(written(trade(TradeIds.UNORDERED, -7, Side.UNKNOWN).under("4a\"5b")))
        .contains("\"trade_id\":\"4a\\\"5b\",\"kind\":\"market\",\"side\":null");
    assertThat(written(trade(TradeIds.UNORDERED, 7, Side.BUY).as(TradeKind.INSURANCE_FUND)))
        .contains("\"trade_id\":\"7\",\"kind\":\"insurance-fund\"");
  }

  @Test
  void aTouchStandsThere() {
    assertThat(new String(writer.touch(update(), 17, new Touch(100, 5, -1, -1, 0, 1), true), UTF_8))
        .isEqualTo(
            """
            {"schema":"market-events/1","instrument":"kraken:XBT/USD","type":"touch",\
            "event_time_us":1723161256000001,"receive_time_us":1723161256000003,\
            "effective_time_us":1723161256000002,"sequence":17,"book":"live","proven":true,\
            "bid":"100","bid_quantity":"0.5","ask":null,"ask_quantity":null}""");
  }

  @Test
  void aChangeOfTrustStandsThere() throws IOException {
    byte[] lost = writer.trust(update(), BookUpdate.NO_SEQUENCE, "gap", "disconnected");
    assertThat(new String(lost, UTF_8))
        .endsWith(",\"sequence\":null,\"book\":\"gap\",\"reason\":\"disconnected\"}");
    MarketEventRecord read = MarketEventRecord.read(writer.trust(update(), 17, "live", null));
    assertThat(read.type()).isEqualTo("trust");
    assertThat(read.book()).isEqualTo("live");
    assertThat(read.reason()).isNull();
    assertThat(read.sequence()).isEqualTo(17);
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    MarketEventRecord read =
        MarketEventRecord.read(writer.touch(update(), 17, new Touch(1, 2, 3, 4, 18, 0), false));
    assertThat(read.instrument()).isEqualTo("kraken:XBT/USD");
    assertThat(read.eventTimeUs()).isEqualTo(1_723_161_256_000_001L);
    assertThat(read.effectiveTimeUs()).isEqualTo(1_723_161_256_000_002L);
    assertThat(read.proven()).isFalse();
    assertThat(read.bid()).isEqualTo("0.000000000000000001");
    assertThat(read.askQuantity()).isEqualTo("4");
  }

  @Test
  void whatIsNoMarketEventIsRefused() {
    String trade = written(trade(TradeIds.CONSECUTIVE, 42, Side.SELL));
    for (String damage : new String[] {"events/1", "kraken:XBT/USD", "trade", ":1,", "us\":2"}) {
      String damaged =
          switch (damage) {
            case "events/1" -> trade.replace(damage, "events/2");
            case "kraken:XBT/USD", "trade" -> trade.replace('"' + damage + '"', "null");
            default -> trade.replace(damage, damage.replace(':', 'x'));
          };
      assertThat(damaged).isNotEqualTo(trade);
      assertThatThrownBy(() -> MarketEventRecord.read(damaged.getBytes(UTF_8)))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void itsHeadersAreItsIdentity() throws IOException {
    Map<String, String> headers = MarketEventOrigin.headers(INSTRUMENT, "raw-trades", ORIGIN, true);
    assertThat(headers.keySet())
        .containsExactly("venue", "instrument", "topic", "partition", "offset", "n");
    RecordHeaders sent = new RecordHeaders();
    headers.forEach((name, value) -> sent.add(name, value.getBytes(UTF_8)));
    assertThat(MarketEventOrigin.read(sent))
        .isEqualTo(new MarketEventOrigin("kraken:XBT/USD", "raw-trades", 7, 1L << 40, 5));
    sent.remove("offset");
    assertThatThrownBy(() -> MarketEventOrigin.read(sent))
        .hasMessageStartingWith("no market event: its headers are [instrument");
  }

  @Property
  void decimalsAreExactAndPlain(
      @ForAll @LongRange(min = 0, max = Decimals.LIMIT - 1) long mantissa,
      @ForAll @IntRange(max = Decimals.MAX_SCALE) int scale) {
    BigDecimal value = BigDecimal.valueOf(mantissa, scale);
    String plain = value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    assertThat(text.decimal(mantissa, scale).toBytes())
        .asString(UTF_8)
        .isEqualTo('"' + plain + '"');
  }

  @Property
  void numbersAreWhole(@ForAll long value) {
    assertThat(text.number(value).toBytes()).asString(UTF_8).isEqualTo(Long.toString(value));
    assertThat(text.number(Long.MIN_VALUE).number(Long.MAX_VALUE).toBytes())
        .asString(UTF_8)
        .isEqualTo("-92233720368547758089223372036854775807");
  }

  @Property
  void textsAreReadByAnyJsonParser(@ForAll String any) throws IOException {
    String valid = new String(any.getBytes(UTF_8), UTF_8);
    assertThat(JSON.readValue(text.quoted(valid).toBytes(), String.class)).isEqualTo(valid);
  }
}
