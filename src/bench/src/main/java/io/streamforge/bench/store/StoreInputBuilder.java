package io.streamforge.bench.store;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.BookUpdateBuilder;
import io.streamforge.market.Instrument;
import io.streamforge.market.MarketEvent;
import io.streamforge.testkit.DecodedMessages;
import io.streamforge.testkit.RepeatedRecording;
import io.streamforge.testkit.generated.GeneratedMarket;
import io.streamforge.testkit.generated.MarketShape;
import io.streamforge.topic.RawRecord;
import io.streamforge.wire.MessageDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes a {@link StoreInput} from the messages of a market. */
final class StoreInputBuilder {
  private final MessageDecoder decoder;
  private List<BookUpdate> events;
  private final BookUpdateBuilder copy = new BookUpdateBuilder();
  private final Set<Instrument> instruments = new HashSet<>();
  private final Set<Instrument> begun = new HashSet<>();
  private final Map<Instrument, List<BookUpdate>> early = new HashMap<>();
  private int measuredFrom;
  private long clockUs = Long.MIN_VALUE;

  StoreInputBuilder(MessageDecoder decoder) {
    this.decoder = decoder;
  }

  StoreInput generated(MarketShape shape) {
    begin();
    new DecodedMessages(new GeneratedMarket(shape), decoder).forEach(this::add);
    return input(
        "generated, %,d instruments × %,d levels"
            .formatted(shape.instruments(), 2 * shape.levels()));
  }

  /** A recording of a venue that numbers its messages, and the same again, later. */
  StoreInput recorded(Path file, int times) throws IOException {
    begin();
    RepeatedRecording recording = new RepeatedRecording(file);
    for (int pass = 0; pass < times; pass++) {
      begun.clear(); // each repetition has snapshots of its own
      early.clear();
      List<RawRecord> once = new ArrayList<>();
      for (int i = 0; i < recording.length(); i++) {
        once.add(recording.next());
      }
      new DecodedMessages(once.iterator(), decoder).forEach(this::add);
    }
    String name = file.getFileName().toString().replaceFirst("\\.jsonl(\\.gz)?$", "");
    return input(times == 1 ? name : "%s, %d times".formatted(name, times));
  }

  private void begin() {
    events = new ArrayList<>();
    instruments.clear();
    begun.clear();
    early.clear();
    measuredFrom = 0;
    clockUs = Long.MIN_VALUE;
  }

  // A trade keeps nothing in a book. A delta that came before the book's snapshot stands behind it.
  private void add(MarketEvent event) {
    if (!(event instanceof BookUpdate update)) {
      return;
    }
    Instrument instrument = update.instrument();
    if (update.snapshot()) {
      append(update);
      if (begun.add(instrument)) {
        early.getOrDefault(instrument, List.of()).forEach(this::append);
      }
      if (instruments.add(instrument)) {
        measuredFrom = events.size();
      }
    } else if (begun.contains(instrument)) {
      append(update);
    } else {
      early.computeIfAbsent(instrument, i -> new ArrayList<>()).add(update);
    }
  }

  private void append(BookUpdate update) {
    // The venue's clocks differ by a few ms. One that never runs back lets a watermark follow it at
    // once, and a contestant do without a book of the past.
    clockUs = Math.max(clockUs, update.effectiveTimeUs());
    events.add(clockUs == update.effectiveTimeUs() ? update : copy(update, clockUs));
  }

  private BookUpdate copy(BookUpdate from, long timeUs) {
    copy.begin();
    if (from.snapshot()) {
      copy.snapshot(from.sequence()).complete(from.bidsComplete(), from.asksComplete());
    } else {
      copy.delta(from.previousSequence(), from.sequence());
    }
    for (int i = 0; i < from.levels(); i++) {
      copy.level(
          i < from.bids(),
          from.price(i),
          from.priceScale(),
          from.quantity(i),
          from.quantityScale());
    }
    return copy.build(from.instrument(), timeUs, timeUs);
  }

  private StoreInput input(String name) {
    return new StoreInput(name, instruments.size(), events, measuredFrom);
  }
}
