package io.streamforge.testkit.jackson;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.RecentInstruments;
import io.streamforge.testkit.RecordingFile;
import io.streamforge.time.TimePolicy;
import io.streamforge.topic.RawRecord;
import io.streamforge.wire.Arrival;
import io.streamforge.wire.Decoded;
import io.streamforge.wire.VenueDecoder;
import io.streamforge.wire.Venues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is measured against another does the same work. */
class JacksonBinanceDecoderTest {
  private static final TimePolicy TIME = new TimePolicy(500_000, 10_000_000, 10_000_000, 100_000);
  private static final int MOST = 20_000;

  @ParameterizedTest
  @ValueSource(strings = {"binance-usdm-btc-eth", "binance-us-10"})
  void bothMakeTheSameEvents(String recording) throws Exception {
    VenueDecoder jackson = new JacksonBinanceDecoder();
    for (RawRecord message : first(recording)) {
      VenueDecoder ours = Venues.decoder(message.venue());
      assertThat(events(jackson, message)).isEqualTo(events(ours, message)).isNotEmpty();
    }
  }

  private static List<RawRecord> first(String recording) throws IOException {
    List<RawRecord> all = RecordingFile.records(RecordingFile.path(recording));
    return all.subList(0, Math.min(MOST, all.size()));
  }

  private static List<Object> events(VenueDecoder decoder, RawRecord message) throws Exception {
    Decoded events = new Decoded();
    decoder.decode(
        message.value(),
        new Arrival(
            message.keyText(),
            message.venue(),
            message.receiveTimeUs(),
            TIME,
            new RecentInstruments()),
        events);
    List<Object> comparable = new ArrayList<>();
    events
        .events()
        .forEach(event -> comparable.add(event instanceof BookUpdate book ? of(book) : event));
    return comparable;
  }

  private static List<Object> of(BookUpdate book) {
    List<Object> fields = new ArrayList<>();
    fields.add(book.instrument());
    fields.add(book.kind());
    fields.add(book.bidsComplete());
    fields.add(book.asksComplete());
    fields.add(book.previousSequence());
    fields.add(book.sequence());
    fields.add(book.eventTimeUs());
    fields.add(book.effectiveTimeUs());
    fields.add(book.bids());
    fields.add(book.priceScale());
    fields.add(book.quantityScale());
    for (int i = 0; i < book.levels(); i++) {
      fields.add(book.price(i));
      fields.add(book.quantity(i));
      fields.add(book.sentScales(i));
    }
    return fields;
  }
}
