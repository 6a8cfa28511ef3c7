package io.streamforge.testkit.exchange.venue;

import io.streamforge.testkit.exchange.ExchangeFloor;
import io.streamforge.testkit.exchange.RestAnswer;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Binance's weight of requests, by the wall clock's minutes. binance/binance-spot-api-docs@a5e0bc3d
 * rest-api.md, "IP Limits": 429 with {@code Retry-After} in seconds, then 418 for "2 minutes to 3
 * days"; errors.md has the texts of -1003. A ban's body was captured: {@code {"code":-1003,"msg":
 * "Way too much request weight used; IP banned until 1785050129644. Please use WebSocket Streams
 * for live updates to avoid bans."}}. After how many 429 the ban comes is not published.
 */
final class RequestWeight {
  /** Assumed. */
  private static final int PATIENCE = 5;

  private static final Duration BAN = Duration.ofMinutes(2);
  private static final long MINUTE_MS = 60_000;

  private final BinanceMarket venue;
  private final ExchangeFloor floor;
  private long minute;
  private int used;
  private int refusals;
  private long bannedUntilMs;

  RequestWeight(BinanceMarket venue, ExchangeFloor floor) {
    this.venue = venue;
    this.floor = floor;
  }

  /** The answer, where the limit allows it. */
  RestAnswer spend(int weight, Supplier<RestAnswer> answer) {
    long now = System.currentTimeMillis();
    if (now < bannedUntilMs) {
      floor.violated("sent a request while banned");
      return banned(now);
    }
    if (now / MINUTE_MS != minute) {
      minute = now / MINUTE_MS;
      used = 0;
      refusals = 0;
    }
    used += weight;
    int limit = venue.weightAMinute();
    if (used <= limit) {
      return counted(answer.get());
    }
    floor.violated("used a weight of " + used + " in a minute, allowed are " + limit);
    if (++refusals > PATIENCE) {
      bannedUntilMs = now + BAN.toMillis();
      return banned(now);
    }
    return retryAfter(
        BinanceAnswer.error(429, -1003, venue.tooMuchWeight()), MINUTE_MS - now % MINUTE_MS);
  }

  private RestAnswer banned(long now) {
    return retryAfter(
        BinanceAnswer.error(418, -1003, venue.banned(bannedUntilMs)), bannedUntilMs - now);
  }

  private RestAnswer retryAfter(RestAnswer answer, long ms) {
    return counted(answer).with("Retry-After", Long.toString(ms / 1000 + 1));
  }

  private RestAnswer counted(RestAnswer answer) {
    return answer.with("x-mbx-used-weight-1m", Integer.toString(used));
  }
}
