package io.streamforge.testkit.reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.reference.limits.ReferenceAdmission;
import io.streamforge.testkit.reference.limits.ReferenceLimits;
import io.streamforge.testkit.reference.limits.ReferenceSeats;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
   * @param seated ids of those of them that are in the graph, in the same order
   * @param betas {@code beta_market_5m} by node of the graph, null where it does not exist
   * @param edges by source and target
   */
  public record Sample(
      long timeUs, List<Node> nodes, List<String> seated, List<Double> betas, List<Edge> edges) {}

  private final Map<String, ReferenceInstrument> instruments =
      new TreeMap<>(
          (one, other) ->
              Arrays.compareUnsigned(
                  one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8)));

  private int deadLetters;
  private int staleTrades;

  private final Map<String, ReferenceRate> rates;
  private final ReferenceLimits limits;
  private final Map<String, ReferenceAdmission> admissions = new HashMap<>();

  /** Whether an instrument of the record was refused for the first time in its hour. */
  private boolean refusedFirst;

  private ReferenceMarket(Map<String, ReferenceRate> rates, ReferenceLimits limits) {
    this.rates = rates;
    this.limits = limits;
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
    return replay(records, rates, ReferenceLimits.DEFAULT, onSample);
  }

  /** The same with limits of its own; each topic is one partition. */
  public static ReferenceMarket replay(
      List<RawMessage> records,
      Map<String, ReferenceRate> rates,
      ReferenceLimits limits,
      Consumer<Sample> onSample) {
    ReferenceMarket market = new ReferenceMarket(rates, limits);
    for (RawMessage record : records) {
      market.read(record);
    }
    market.run(onSample);
    return market;
  }

  /**
   * How many records could not be read, or were ahead of their receive time by too much, or are the
   * first of an instrument and hour for which there was no room.
   */
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
    refusedFirst = false;
    try {
      if (record.isTrade()) {
        readTrades(record);
      } else {
        readBooks(record);
      }
      deadLetters += refusedFirst ? 1 : 0;
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
    add(record, BookMessage.notice(id, BookMessage.Kind.UNREADABLE, time), time);
  }

  private void readBooks(RawMessage record) throws JsonProcessingException {
    List<BookMessage> messages = VenueMessages.books(record);
    if (messages.stream().anyMatch(m -> isFuture(m.eventTimeUs(), record))) {
      deadLetters++;
      loseMessage(record);
      return;
    }
    for (BookMessage message : messages) {
      add(record, message, effectiveUs(message.eventTimeUs(), record));
    }
  }

  private void add(RawMessage record, BookMessage message, long effectiveUs) {
    if (message.isNotice()) {
      admission(record).notice(message.instrument(), effectiveUs);
      if (instruments.containsKey(message.instrument())) {
        instrument(message.instrument()).add(message, effectiveUs);
      }
    } else if (takes(record, message.instrument(), effectiveUs)) {
      instrument(message.instrument()).add(message, effectiveUs);
    }
  }

  private ReferenceAdmission admission(RawMessage record) {
    return admissions.computeIfAbsent(record.topic(), topic -> new ReferenceAdmission(limits));
  }

  private boolean takes(RawMessage record, String id, long effectiveUs) {
    boolean taken = admission(record).takes(id, effectiveUs);
    if (!taken) {
      refusedFirst |= admission(record).isFirstRefusal(id);
    }
    return taken;
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
        continue;
      }
      long effectiveUs = effectiveUs(trade.eventTimeUs(), record);
      if (takes(record, trade.instrument(), effectiveUs)) {
        instrument(trade.instrument()).add(trade, effectiveUs);
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
    ReferenceSeats seats = new ReferenceSeats(limits);
    for (long sample = first; sample <= last; sample += SAMPLE) {
      Map<String, Node> byId = nodes(sample);
      List<Node> nodes = new ArrayList<>();
      for (ReferenceInstrument instrument : instruments.values()) {
        if (byId.containsKey(instrument.id())) {
          nodes.add(byId.get(instrument.id()));
        }
      }
      if (!nodes.isEmpty()) {
        Set<String> seated = seats.advance(sample, nodes.stream().map(Node::instrument).toList());
        List<ReferenceInstrument> graph = new ArrayList<>();
        for (Node node : nodes) {
          if (seated.contains(node.instrument())) {
            graph.add(instruments.get(node.instrument()));
          }
        }
        onSample.accept(
            new Sample(
                sample,
                nodes,
                graph.stream().map(ReferenceInstrument::id).toList(),
                betas.advance(sample, graph),
                edges.advance(sample, graph)));
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
