package io.streamforge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.testkit.reference.BookMessage;
import io.streamforge.testkit.reference.Level;
import io.streamforge.testkit.reference.PlainBook;
import io.streamforge.testkit.reference.PlainSide;
import io.streamforge.testkit.reference.VenueMessages;
import io.streamforge.wire.protobuf.EventType;
import io.streamforge.wire.protobuf.MarketDataEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/**
 * The recordings of the project that were made, not recorded. Each is what the code here makes: a
 * change here leaves the new file in {@code target/made}, from where it is to be copied.
 */
class MadeRecordingsTest {
  private static final Path FOLDER = Path.of("target", "made");

  private static void assertShipped(String name, List<RawMessage> made) throws IOException {
    Files.createDirectories(FOLDER);
    Path file = FOLDER.resolve(name + ".jsonl.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      for (RawMessage message : made) {
        out.write(RecordingLine.write(message));
        out.write('\n');
      }
    }
    assertThat(RecordingFile.path(name)).as("to be copied from %s", file).exists();
    assertThat(RecordingFile.read(name)).as("to be copied from %s", file).isEqualTo(made);
  }

  /**
   * Two symbols for 70 s: four events a second and symbol, trades, tickers and books of a price.
   */
  @Test
  void protobuf() throws IOException {
    long startUs = 1_790_000_000_000_000L;
    SplittableRandom random = new SplittableRandom(17);
    List<RawMessage> made = new ArrayList<>();
    String[] symbols = {"BTCUSD", "ETHUSD"};
    long[] cents = {6_000_000, 250_000};
    for (long timeUs = startUs + 10_000; timeUs < startUs + 70_000_000; timeUs += 125_000) {
      int which = made.size() % symbols.length;
      cents[which] += random.nextInt(-50, 51);
      int draw = random.nextInt(10);
      EventType type =
          draw < 6 ? EventType.TRADE : draw < 9 ? EventType.TICKER : EventType.ORDER_BOOK;
      MarketDataEvent.Builder event =
          MarketDataEvent.newBuilder()
              .setExchange("acme")
              .setSymbol(symbols[which])
              .setPrice(cents[which] / 100.0)
              .setVolume(random.nextInt(1, 2_000) / 1_000.0)
              .setEventType(type);
      if (random.nextInt(20) > 0) { // else it has no time but its receipt's
        event.setTimestamp(timeUs / 1_000);
      }
      made.add(
          RawMessage.binary(
              type == EventType.TRADE ? "raw-trades" : "raw-orderbooks",
              symbols[which],
              "market-data-event",
              timeUs + 2_000 + random.nextInt(5_000),
              event.build().toByteArray()));
    }
    assertShipped("made-market-data-event-2", made);
  }

  /**
   * Two books of gemini-10, each in a session of its writer. That of LTCUSD is lost for ten
   * seconds, and begins anew with the book that the recording has by then.
   */
  @Test
  void disconnected() throws IOException {
    String lost = "LTCUSD";
    List<RawMessage> recorded =
        RecordingFile.read("gemini-10").stream()
            .filter(message -> message.key().equals(lost) || message.key().equals("LINKUSD"))
            .toList();
    long lostUs = recorded.get(0).receiveTimeUs() + 40_000_000;
    long foundUs = lostUs + 10_000_000;
    PlainBook book = PlainBook.of("gemini");
    List<RawMessage> made = new ArrayList<>();
    for (RawMessage message : recorded) {
      long timeUs = message.receiveTimeUs();
      if (timeUs >= lostUs && isBefore(made, lostUs)) {
        made.add(RawMessage.disconnected("raw-orderbooks", lost, "gemini", "ltc-1", lostUs));
      }
      if (timeUs >= foundUs && isBefore(made, foundUs)) {
        made.add(snapshot(lost, book, foundUs).inSession("ltc-2"));
      }
      if (message.isTrade()) {
        made.add(message);
      } else if (!message.key().equals(lost)) {
        made.add(message.inSession("link-1"));
      } else {
        for (BookMessage update : VenueMessages.books(message)) {
          book.apply(update);
        }
        if (timeUs < lostUs) {
          made.add(message.inSession("ltc-1"));
        } else if (timeUs >= foundUs) {
          made.add(message.inSession("ltc-2"));
        }
      }
    }
    assertShipped("made-gemini-2-disconnected", made);
  }

  private static boolean isBefore(List<RawMessage> made, long timeUs) {
    return made.get(made.size() - 1).receiveTimeUs() < timeUs;
  }

  private static RawMessage snapshot(String symbol, PlainBook book, long timeUs) {
    String changes =
        Stream.concat(changes("buy", book.bids()), changes("sell", book.asks()))
            .collect(Collectors.joining(","));
    String value =
        "{\"type\":\"l2_updates\",\"symbol\":\"%s\",\"changes\":[%s],\"trades\":[]}"
            .formatted(symbol, changes);
    return new RawMessage("raw-orderbooks", symbol, "gemini", timeUs, value);
  }

  private static Stream<String> changes(String side, PlainSide levels) {
    return levels.all().stream().map(level -> change(side, level));
  }

  private static String change(String side, Level level) {
    return "[\"%s\",\"%s\",\"%s\"]"
        .formatted(side, level.price().toPlainString(), level.quantity().toPlainString());
  }
}
