package io.streamforge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.Decimals;
import io.streamforge.market.EventText;
import io.streamforge.market.Instrument;
import io.streamforge.market.MarketEvent;
import io.streamforge.market.Trade;
import io.streamforge.market.TradeKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What must hold of any message whatever: it gives events that can be used, or a DecodeException,
 * soon, and leaves nothing behind.
 */
final class SoundDecoding {
  // One for all: nothing of one message may reach the next.
  private final MessageDecoder reused = decoder();

  /** Decodes a message with what has decoded others before, and anew: both give the same. */
  void check(String venue, String key, byte[] message, long receiveTimeUs) throws IOException {
    long start = System.nanoTime();
    String outcome = outcome(reused, venue, key, message, receiveTimeUs);
    assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
    String alone = outcome(decoder(), venue, key, message, receiveTimeUs);
    if (!outcome.equals(alone)) {
      assertThat(outcome).as(text(message)).isEqualTo(alone);
    }
  }

  private String outcome(
      MessageDecoder decoder, String venue, String key, byte[] message, long receiveTimeUs)
      throws IOException {
    StringBuilder outcome = new StringBuilder();
    try {
      for (MarketEvent event : decoder.decode(venue, key, message, receiveTimeUs)) {
        if (!isSound(event, receiveTimeUs)) {
          throw new AssertionError(text(message) + " gave " + EventText.of(event));
        }
        assertCanBeWritten(event);
        outcome.append(EventText.of(event)).append('\n');
      }
      assertThat(decoder.flaw() == null || decoder.flaw().matches("[a-z-]+")).isTrue();
      outcome.append(decoder.flaw());
    } catch (DecodeException e) {
      assertThat(e.reason()).matches("[a-z-]+");
      outcome.append(e.reason());
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw new AssertionError(venue + " " + text(message), e);
    }
    return outcome.toString();
  }

  private static boolean isSound(MarketEvent event, long receiveTimeUs) {
    boolean sound =
        event.eventTimeUs() <= receiveTimeUs + Decoding.TIME.maxFutureUs()
            && event.effectiveTimeUs() >= receiveTimeUs - Decoding.TIME.maxLatenessUs()
            && event.effectiveTimeUs() >= event.eventTimeUs();
    if (event instanceof Trade trade) {
      return sound
          && isNumber(trade.price(), trade.priceScale())
          && isNumber(trade.quantity(), trade.quantityScale())
          && (trade.kind() != TradeKind.MARKET || (trade.price() > 0 && trade.quantity() > 0));
    }
    BookUpdate book = (BookUpdate) event;
    for (int i = 0; i < book.levels(); i++) {
      sound &=
          isNumber(book.price(i), book.priceScale())
              && isNumber(book.quantity(i), book.quantityScale())
              && book.price(i) > 0;
    }
    return sound
        && book.sequence() >= BookUpdate.NO_SEQUENCE
        && book.previousSequence() >= BookUpdate.NO_SEQUENCE;
  }

  private static boolean isNumber(long mantissa, int scale) {
    return mantissa >= 0 && mantissa < Decimals.LIMIT && scale >= 0 && scale <= Decimals.MAX_SCALE;
  }

  private void assertCanBeWritten(MarketEvent event) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeUTF(event.instrument().venue());
    out.writeUTF(event.instrument().symbol());
    if (event instanceof Trade trade) {
      trade.writeTo(out);
    } else if (event instanceof BookUpdate update) {
      update.writeTo(out);
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    Instrument instrument = new Instrument(in.readUTF(), in.readUTF());
    MarketEvent read =
        event instanceof Trade
            ? Trade.readFrom(in, instrument)
            : BookUpdate.readFrom(in, instrument);
    String id = event.instrument().id();
    if (!read.instrument().id().equals(id)
        || !new String(id.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).equals(id)) {
      throw new AssertionError("cannot be written: " + id);
    }
  }

  private static MessageDecoder decoder() {
    return new MessageDecoder(Decoding.TIME, 1 << 20);
  }

  private static String text(byte[] message) {
    return new String(message, StandardCharsets.UTF_8);
  }
}
