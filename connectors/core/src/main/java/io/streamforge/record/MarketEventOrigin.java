package io.streamforge.record;

import io.streamforge.market.Instrument;
import io.streamforge.market.Origin;
import io.streamforge.topic.RawHeaders;
import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.common.header.Headers;

/**
 * The headers of a record of {@code market-events}: its identity. Of two records with the same
 * headers the values are the same too, unless they tell a loss: the second one is a repeat.
 *
 * @param instrument {@code venue:symbol}
 * @param topic the raw topic
 * @param partition of the raw record
 * @param offset of the raw record
 * @param n grows with the place among the events of the raw record, from 0; below 0 where the log
 *     has lost records from the offset on, as the job was to read them
 */
public record MarketEventOrigin(
    String instrument, String topic, int partition, long offset, int n) {
  /** The order in the log, of events of one instrument and partition. */
  public static final Comparator<MarketEventOrigin> IN_THE_LOG =
      Comparator.comparingLong(MarketEventOrigin::offset).thenComparingInt(MarketEventOrigin::n);

  private static final String INSTRUMENT = "instrument";
  private static final String TOPIC = "topic";
  private static final String PARTITION = "partition";
  private static final String OFFSET = "offset";
  private static final String N = "n";

  /**
   * As headers, in the order in which they stand.
   *
   * @param second whether it is the second of two records that one event makes: trust, then touch
   */
  public static Map<String, String> headers(
      Instrument instrument, String topic, Origin origin, boolean second) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(RawHeaders.VENUE, instrument.venue());
    headers.put(INSTRUMENT, instrument.id());
    headers.put(TOPIC, topic);
    headers.put(PARTITION, Integer.toString(origin.partition()));
    headers.put(OFFSET, Long.toString(origin.offset()));
    headers.put(N, Integer.toString(2 * origin.place() + (second ? 1 : 0)));
    return headers;
  }

  /**
   * Reads a record's headers.
   *
   * @throws IOException if they are none of a market event
   */
  public static MarketEventOrigin read(Headers headers) throws IOException {
    return of(HeaderTexts.of(headers));
  }

  /**
   * The same of headers as texts, by name.
   *
   * @throws IOException if they are none of a market event
   */
  public static MarketEventOrigin of(Map<String, String> texts) throws IOException {
    try {
      if (texts.containsKey(INSTRUMENT) && texts.containsKey(TOPIC)) {
        return new MarketEventOrigin(
            texts.get(INSTRUMENT),
            texts.get(TOPIC),
            Integer.parseInt(texts.get(PARTITION)),
            Long.parseLong(texts.get(OFFSET)),
            Integer.parseInt(texts.get(N)));
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IOException("no market event: its headers are " + new TreeSet<>(texts.keySet()));
  }
}
