package io.streamforge.bench.store;

import io.streamforge.bench.market.DecodedMessages;
import io.streamforge.bench.market.GeneratedMarket;
import io.streamforge.bench.market.MarketShape;
import io.streamforge.bench.market.RecordedInput;
import io.streamforge.cli.recording.Recording;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.MarketEvent;
import io.streamforge.wire.MessageDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads and generates inputs. */
final class StoreInputs {
  private static final long PAUSE_US = 1_000_000;

  private final MessageDecoder decoder;

  StoreInputs(MessageDecoder decoder) {
    this.decoder = decoder;
  }

  StoreInput generated(MarketShape shape) {
    StoreInputBuilder input = new StoreInputBuilder();
    new DecodedMessages(new GeneratedMarket(shape), decoder)
        .forEach(event -> input.add(event, 0, 0));
    return input.build(
        "generated, %,d instruments × %,d levels"
            .formatted(shape.instruments(), 2 * shape.levels()));
  }

  /** A recording of a venue that numbers its messages, and the same again, later. */
  StoreInput recorded(Path file, int times) throws IOException {
    List<MarketEvent> once = new ArrayList<>();
    try (Recording recording = new Recording(file)) {
      new DecodedMessages(new RecordedInput(recording), decoder).forEach(once::add);
    }
    long spanUs =
        once.stream().mapToLong(MarketEvent::effectiveTimeUs).max().orElseThrow()
            - once.stream().mapToLong(MarketEvent::effectiveTimeUs).min().orElseThrow();
    long highest = once.stream().mapToLong(StoreInputs::sequence).max().orElseThrow();
    StoreInputBuilder input = new StoreInputBuilder();
    for (int pass = 0; pass < times; pass++) {
      input.beginAnew();
      for (MarketEvent event : once) {
        input.add(event, pass * (spanUs + PAUSE_US), pass * highest);
      }
    }
    String name = file.getFileName().toString().replaceFirst("\\.jsonl(\\.gz)?$", "");
    return input.build(times == 1 ? name : "%s, %d times".formatted(name, times));
  }

  private static long sequence(MarketEvent event) {
    return event instanceof BookUpdate update ? update.sequence() : 0;
  }
}
