package io.streamforge.testkit.simulated;

/** The protocols that a market is told in. */
public enum SimulatedVenue {
  BINANCE_SPOT("binance-spot", Rule.COUNTED, Snapshots.ASIDE),
  BINANCE_USDM("binance-usdm", Rule.LINKED, Snapshots.ASIDE),
  KRAKEN("kraken", Rule.CHECKED, Snapshots.IN_STREAM),
  OKX("okx", Rule.LINKED, Snapshots.IN_STREAM),
  OKX_CHECKED("okx", Rule.LINKED, Snapshots.IN_STREAM),
  BYBIT("bybit-linear", Rule.COUNTED, Snapshots.IN_STREAM),
  COINBASE("coinbase", Rule.TIMED, Snapshots.IN_STREAM),
  COINBASE_PRO("coinbase-pro", Rule.UNTIMED, Snapshots.IN_STREAM),
  BITSTAMP("bitstamp", Rule.TIMED, Snapshots.ASIDE),
  GEMINI("gemini", Rule.UNTIMED, Snapshots.IN_STREAM),
  GEMINI_2026("gemini", Rule.COUNTED, Snapshots.ASIDE),
  BITGET("bitget", Rule.LINKED, Snapshots.IN_STREAM),
  BITGET_CHECKED("bitget", Rule.ORDERED_CHECKED, Snapshots.IN_STREAM),
  BITGET_V3("bitget-spot", Rule.LINKED, Snapshots.IN_STREAM),
  CANONICAL("streamforge", Rule.LINKED, Snapshots.ASIDE);

  /** What the messages say of their order. */
  public enum Rule {
    /** Each names the one before. */
    LINKED,
    /** Numbers without a hole: a message's own say what came before. */
    COUNTED,
    /** A number that grows, and a checksum of the best levels. */
    ORDERED_CHECKED,
    /** A checksum of the best levels. */
    CHECKED,
    /** The time of the venue's book, snapshots' too. */
    TIMED,
    /** Nothing that a snapshot could be told by. */
    UNTIMED
  }

  private enum Snapshots {
    IN_STREAM,
    ASIDE
  }

  private static final int FULL = 1_000_000;
  private static final int[] KRAKEN_DEPTHS = {10, 25, 100};

  private final String header;
  private final Rule rule;
  private final Snapshots snapshots;

  SimulatedVenue(String header, Rule rule, Snapshots snapshots) {
    this.header = header;
    this.rule = rule;
    this.snapshots = snapshots;
  }

  /** The header {@code venue}. */
  public String header() {
    return header;
  }

  public Rule rule() {
    return rule;
  }

  /** Whether messages are numbered. */
  public boolean numbered() {
    return rule == Rule.LINKED || rule == Rule.COUNTED || rule == Rule.ORDERED_CHECKED;
  }

  /** Whether nothing but a crossing or a snapshot can show that a message was lost. */
  public boolean trusting() {
    return rule == Rule.TIMED || rule == Rule.UNTIMED;
  }

  /** Whether messages carry a checksum of the best levels. */
  public boolean checked() {
    return this == KRAKEN || this == OKX_CHECKED || this == BITGET_CHECKED;
  }

  /** Whether snapshots stand between the deltas; else they come by another way, REST say. */
  public boolean snapshotsInStream() {
    return snapshots == Snapshots.IN_STREAM;
  }

  /** Whether two lines of one feed may be written into one log. */
  boolean allowsTwoLines() {
    return this == BINANCE_SPOT || this == BINANCE_USDM || this == BITSTAMP || this == GEMINI_2026;
  }

  /** Whether it has feeds of several depths. */
  boolean hasDepths() {
    return this == OKX || this == BYBIT;
  }

  /** Whether its snapshots can hold fewer levels than its book. */
  boolean hasShallowSnapshots() {
    return this == BINANCE_SPOT || this == BINANCE_USDM;
  }

  /** The symbol of an instrument of a run. */
  String symbol(int instrument) {
    char letter = (char) ('A' + instrument);
    return switch (this) {
      case KRAKEN -> "SIM" + letter + "/USD";
      case BITSTAMP, GEMINI_2026 -> "sim" + (char) ('a' + instrument) + "usd";
      case OKX, OKX_CHECKED, COINBASE, COINBASE_PRO -> "SIM" + letter + "-USD";
      default -> "SIM" + letter + "USD";
    };
  }

  /** How deep a feed is, the main one or the lesser one beside it. */
  int depth(boolean main, int draw) {
    return switch (this) {
      case KRAKEN -> KRAKEN_DEPTHS[draw % 3];
      case BYBIT -> main ? 50 : 1;
      case OKX, OKX_CHECKED -> main ? 400 : 50;
      case BITGET, BITGET_CHECKED, BITGET_V3 -> 400;
      default -> FULL;
    };
  }

  VenueText text(String symbol, MessageText out, int depth) {
    return switch (this) {
      case BINANCE_SPOT, GEMINI_2026 -> new BinanceText(symbol, out, false);
      case BINANCE_USDM -> new BinanceText(symbol, out, true);
      case KRAKEN -> new KrakenText(symbol, out);
      case OKX -> new OkxText(symbol, out, depth == 50 ? "books50-l2-tbt" : "books", false);
      case OKX_CHECKED -> new OkxText(symbol, out, "books-l2-tbt", true);
      case BYBIT -> new BybitText(symbol, out);
      case COINBASE -> new CoinbaseText(symbol, out);
      case COINBASE_PRO -> new CoinbaseProText(symbol, out);
      case BITSTAMP -> new BitstampText(symbol, out);
      case GEMINI -> new GeminiText(symbol, out);
      case BITGET -> BitgetText.v2(symbol, out, false);
      case BITGET_CHECKED -> BitgetText.v2(symbol, out, true);
      case BITGET_V3 -> BitgetText.v3(symbol, out);
      case CANONICAL -> new CanonicalText(symbol, out);
    };
  }
}
