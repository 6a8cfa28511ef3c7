package io.streamforge.flow;

import io.streamforge.market.Trade;
import io.streamforge.market.TradeIds;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/**
 * The trades of one instrument that were taken last, by their ids, in log order: tells a repeat
 * (venues send the last trades again after a subscription, and feeds that run twice send all) and
 * ids that were passed over. Ids that run differently are kept apart: the same number may name a
 * trade and an aggregated trade.
 *
 * <p>Memory is bounded: of ids that follow one another all are remembered, of others the last 256.
 * A repeat of an older one is taken for a new trade.
 *
 * <p>A repeat happened when the first did. So where a remembered id comes with an event time more
 * than {@value #BEGUN_ANEW_US} µs after all those taken, the venue has begun to count anew: the ids
 * are forgotten and the trade is new. Else nothing would be taken until the count is where it was.
 */
public final class SeenTrades {
  /** What {@link #accept} says of a trade that was taken before. */
  public static final long DUPLICATE = -1;

  /** A message without a time takes that of its arrival, so that its repeat is a little later. */
  private static final long BEGUN_ANEW_US = 10_000_000;

  /** An absurd id must not make the sum of all that were skipped overflow. */
  private static final long MOST_SKIPPED = 1_000_000_000;

  private final Map<TradeIds, Kind> kinds = new EnumMap<>(TradeIds.class);

  private static final class Kind {
    private IdRanges ids = new IdRanges();
    private long newestUs = Long.MIN_VALUE;
  }

  /**
   * Takes the next trade of the log.
   *
   * @return how many ids between the highest before it and its own are missing, where ids are
   *     consecutive, a billion at most; {@link #DUPLICATE} if the trade was taken before
   */
  public long accept(Trade trade) {
    if (trade.ids() == TradeIds.NONE) {
      return 0;
    }
    Kind seen = kind(trade.ids());
    if (seen.ids.contains(trade.id())) {
      if (trade.eventTimeUs() <= seen.newestUs + BEGUN_ANEW_US) {
        return DUPLICATE;
      }
      seen.ids = new IdRanges();
    }
    boolean follows = trade.ids().areConsecutive() && !seen.ids.isEmpty();
    long between = follows ? Math.max(0, trade.id() - seen.ids.highest() - 1) : 0;
    seen.ids.add(trade.id());
    seen.newestUs = Math.max(seen.newestUs, trade.eventTimeUs());
    return Math.min(between, MOST_SKIPPED);
  }

  private Kind kind(TradeIds ids) {
    Kind kind = kinds.get(ids);
    if (kind == null) {
      kind = new Kind();
      kinds.put(ids, kind);
    }
    return kind;
  }

  /** Writes what is remembered. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeByte(kinds.size());
    for (Map.Entry<TradeIds, Kind> kind : kinds.entrySet()) {
      out.writeByte(kind.getKey().code());
      out.writeLong(kind.getValue().newestUs);
      kind.getValue().ids.writeTo(out);
    }
  }

  /** Reads what {@link #writeTo} wrote. */
  public void readFrom(DataInput in) throws IOException {
    for (int left = in.readByte(); left > 0; left--) {
      Kind kind = kind(TradeIds.ofCode(in.readByte()));
      kind.newestUs = in.readLong();
      kind.ids.readFrom(in);
    }
  }
}
