package io.streamforge.testkit.reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.streamforge.testkit.RawMessage;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What the job must say of a recording, sample by sample, straight from the feature catalogue:
 * plain, slow, and sharing no code with the job.
 *
 * <p>Values are those of exact decimal arithmetic as far as decimals go, so an implementation in
 * doubles differs by rounding.
 */
public final class ReferenceMarket {
  /** The features of the order book, in the order of the catalogue. */
  static final List<String> BOOK_FEATURES =
      List.of(
          "mid",
          "weighted_mid",
          "weighted_mid_bps",
          "spread_bps",
          "imbalance_1",
          "imbalance_5",
          "imbalance_20",
          "known_depth_bps",
          "depth_bid_10bps",
          "depth_ask_10bps",
          "depth_bid_50bps",
          "depth_ask_50bps",
          "log_depth_10bps",
          "impact_buy_bps",
          "impact_sell_bps",
          "ofi",
          "ofi_normalised",
          "ofi_normalised_1m",
          "book_updates",
          "book_age_ms");

  private static final long SAMPLE = ReferenceInstrument.SECOND;
  private static final long MAX_LATENESS = 500_000;
  private static final long MAX_STALENESS = 10_000_000;
  private static final long MAX_FUTURE = 40_000_000;

  /**
   * One instrument as of a sample.
   *
   * @param instrument {@code venue:symbol}
   * @param book the status of the book
   * @param sequence the last applied number of the venue's, or null
   * @param features by name in the order of the catalogue, null where one does not exist
   */
  public record Node(String instrument, String book, Long sequence, Map<String, Double> features) {}

  /**
   * One edge in one direction.
   *
   * @param source where it starts
   * @param target where it ends
   * @param attributes by name, null where one does not exist
   */
  public record Edge(String source, String target, Map<String, Double> attributes) {}

  /**
   * The market as of a sample.
   *
   * @param timeUs the sample
   * @param nodes by id, those that sample
   * @param betas {@code beta_market_5m} by node, null where it does not exist
   * @param edges by source and target
   */
  public record Sample(long timeUs, List<Node> nodes, List<Double> betas, List<Edge> edges) {}

  private final Map<String, ReferenceInstrument> instruments =
      new TreeMap<>(
          (one, other) ->
              Arrays.compareUnsigned(
                  one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8)));

  private int deadLetters;
  private int staleTrades;

  private final Map<String, ReferenceRate> rates;

  private ReferenceMarket(Map<String, ReferenceRate> rates) {
    this.rates = rates;
  }

  /**
   * Runs over records in log order per topic; the order between the topics does not matter. Every
   * sample with a node in it is handed on, the last one being that of the newest effective time.
   */
  public static ReferenceMarket replay(List<RawMessage> records, Consumer<Sample> onSample) {
    return replay(records, Map.of(), onSample);
  }

  /**
   * The same with rates of the quotes of some instruments.
   *
   * @param rates by instrument
   */
  public static ReferenceMarket replay(
      List<RawMessage> records, Map<String, ReferenceRate> rates, Consumer<Sample> onSample) {
    ReferenceMarket market = new ReferenceMarket(rates);
    for (RawMessage record : records) {
      market.read(record);
    }
    market.run(onSample);
    return market;
  }

  /** How many records could not be read, or were ahead of their receive time by too much. */
  public int deadLetters() {
    return deadLetters;
  }

  /** How many trades were left out because they were too old on arrival. */
  public int staleTrades() {
    return staleTrades;
  }

  private void read(RawMessage record) {
    if (record.value() == null) {
      return; // a heartbeat
    }
    try {
      if (record.isTrade()) {
        readTrades(record);
      } else {
        readBooks(record);
      }
    } catch (JsonProcessingException | RuntimeException e) {
      deadLetters++;
      if (!record.isTrade()) {
        loseMessage(record);
      }
    }
  }

  /** The book of the record's key has lost a message. */
  private void loseMessage(RawMessage record) {
    String id = record.venue() + ":" + record.key();
    long time = record.receiveTimeUs();
    add(BookMessage.notice(id, BookMessage.Kind.UNREADABLE, time), time);
  }

  private void readBooks(RawMessage record) throws JsonProcessingException {
    List<BookMessage> messages = VenueMessages.books(record);
    if (messages.stream().anyMatch(m -> isFuture(m.eventTimeUs(), record))) {
      deadLetters++;
      loseMessage(record);
      return;
    }
    for (BookMessage message : messages) {
      add(message, effectiveUs(message.eventTimeUs(), record));
    }
  }

  private void add(BookMessage message, long effectiveUs) {
    if (!message.isNotice() || instruments.containsKey(message.instrument())) {
      instrument(message.instrument()).add(message, effectiveUs);
    }
  }

  private void readTrades(RawMessage record) throws JsonProcessingException {
    List<TradePrint> trades = VenueMessages.trades(record);
    if (trades.stream().anyMatch(t -> isFuture(t.eventTimeUs(), record))) {
      deadLetters++;
      return;
    }
    for (TradePrint trade : trades) {
      if (record.receiveTimeUs() - trade.eventTimeUs() > MAX_STALENESS) {
        staleTrades++;
      } else {
        instrument(trade.instrument()).add(trade, effectiveUs(trade.eventTimeUs(), record));
      }
    }
  }

  private ReferenceInstrument instrument(String id) {
    return instruments.computeIfAbsent(id, each -> new ReferenceInstrument(each, rate(each)));
  }

  private ReferenceRate rate(String id) {
    String symbol = id.toUpperCase(Locale.ROOT);
    boolean dollars = symbol.endsWith("USD") || symbol.endsWith("USDT") || symbol.endsWith("USDC");
    return rates.getOrDefault(id, dollars ? new ReferenceRate(BigDecimal.ONE, null) : null);
  }

  private static boolean isFuture(long eventTimeUs, RawMessage record) {
    return eventTimeUs - record.receiveTimeUs() > MAX_FUTURE;
  }

  private static long effectiveUs(long eventTimeUs, RawMessage record) {
    return Math.max(eventTimeUs, record.receiveTimeUs() - MAX_LATENESS);
  }

  /** The sample T of [T - 1 s, T). */
  private static long sampleOf(long effectiveUs) {
    return (Math.floorDiv(effectiveUs, SAMPLE) + 1) * SAMPLE;
  }

  private void run(Consumer<Sample> onSample) {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (ReferenceInstrument instrument : instruments.values()) {
      first = Math.min(first, sampleOf(instrument.firstEffectiveUs()));
      last = Math.max(last, sampleOf(instrument.lastEffectiveUs()));
    }
    ReferenceEdges edges = new ReferenceEdges();
    ReferenceBetas betas = new ReferenceBetas();
    for (long sample = first; sample <= last; sample += SAMPLE) {
      Map<String, Node> byId = nodes(sample);
      List<Node> nodes = new ArrayList<>();
      List<ReferenceInstrument> sampling = new ArrayList<>();
      for (ReferenceInstrument instrument : instruments.values()) {
        if (byId.containsKey(instrument.id())) {
          nodes.add(byId.get(instrument.id()));
          sampling.add(instrument);
        }
      }
      if (!nodes.isEmpty()) {
        onSample.accept(
            new Sample(
                sample, nodes, betas.advance(sample, sampling), edges.advance(sample, sampling)));
      }
    }
  }

  /** First those with fixed rates, whose mids may be rates of the others. */
  private Map<String, Node> nodes(long sample) {
    Map<String, Node> nodes = new HashMap<>();
    for (ReferenceInstrument instrument : instruments.values()) {
      if (instrument.rateFrom() == null) {
        instrument
            .advance(sample, instrument.fixedRate())
            .ifPresent(node -> nodes.put(node.instrument(), node));
      }
    }
    Map<String, Node> rated = new HashMap<>();
    for (ReferenceInstrument instrument : instruments.values()) {
      if (instrument.rateFrom() != null) {
        instrument
            .advance(sample, midRate(nodes.get(instrument.rateFrom())))
            .ifPresent(node -> rated.put(node.instrument(), node));
      }
    }
    nodes.putAll(rated);
    return nodes;
  }

  private BigDecimal midRate(Node from) {
    Double mid = from == null ? null : from.features().get("mid");
    return mid == null
        ? null
        : new BigDecimal(mid).multiply(instruments.get(from.instrument()).fixedRate());
  }
}
