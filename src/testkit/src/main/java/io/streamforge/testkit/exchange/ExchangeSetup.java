package io.streamforge.testkit.exchange;

import java.time.Duration;

/**
 * How a fake exchange plays its recording.
 *
 * @param speed How many times faster than it was recorded, above 0; 1 is the recorded pace.
 * @param today Whether the venue's times are moved so that the recording happens now.
 * @param tls Whether it speaks TLS, with a certificate of its own.
 * @param waitsForPlay Whether the market stands until {@link FakeExchange#play()}, else until the
 *     first subscription.
 * @param port The port on 127.0.0.1; 0 for a free one.
 * @param pingEvery How often a venue that sends ping frames does so; null for the venue's interval.
 */
public record ExchangeSetup(
    double speed, boolean today, boolean tls, boolean waitsForPlay, int port, Duration pingEvery) {

  /**
   * Checks them.
   *
   * @throws IllegalArgumentException if the speed is not above 0
   */
  public ExchangeSetup {
    if (!(speed > 0)) {
      throw new IllegalArgumentException("speed is " + speed + ", it has to be above 0");
    }
  }

  /** The recorded pace and times, TLS, a free port, from the first subscription on. */
  public static ExchangeSetup standard() {
    return new ExchangeSetup(1, false, true, false, 0, null);
  }

  /** The same at another speed, times the recorded pace. */
  public ExchangeSetup withSpeed(double other) {
    return new ExchangeSetup(other, today, tls, waitsForPlay, port, pingEvery);
  }

  /** The same, as if the recording happened now or when it did. */
  public ExchangeSetup withToday(boolean other) {
    return new ExchangeSetup(speed, other, tls, waitsForPlay, port, pingEvery);
  }

  /** The same, with or without TLS. */
  public ExchangeSetup withTls(boolean other) {
    return new ExchangeSetup(speed, today, other, waitsForPlay, port, pingEvery);
  }

  /** The same, waiting for {@link FakeExchange#play()} or not. */
  public ExchangeSetup withWaitsForPlay(boolean other) {
    return new ExchangeSetup(speed, today, tls, other, port, pingEvery);
  }

  /** The same on another port. */
  public ExchangeSetup withPort(int other) {
    return new ExchangeSetup(speed, today, tls, waitsForPlay, other, pingEvery);
  }

  /** The same with ping frames that often; a pong has to come within three times as long. */
  public ExchangeSetup withPingEvery(Duration other) {
    return new ExchangeSetup(speed, today, tls, waitsForPlay, port, other);
  }
}
