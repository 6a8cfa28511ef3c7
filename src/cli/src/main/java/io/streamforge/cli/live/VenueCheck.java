package io.streamforge.cli.live;

import io.streamforge.loader.Feeds;
import io.streamforge.loader.config.FeedConfig;
import io.streamforge.loader.config.LoaderConfig;
import io.streamforge.loader.out.ReceiveClock;
import java.util.concurrent.TimeUnit;

/** Connects to one venue for a while, and says what of its feed is sound. */
final class VenueCheck {
  private VenueCheck() {}

  /** Runs it; returns after so many seconds. */
  static CheckReport run(LoaderConfig config, int seconds) throws InterruptedException {
    FeedConfig feed = config.feeds().get(0);
    CheckWatch watch = new CheckWatch();
    CheckedBooks books = new CheckedBooks();
    try (Feeds feeds = new Feeds(config, books, ReceiveClock.ofMachine(), watch)) {
      books.askFor(
          (instrument, reason) -> feeds.resync(instrument.venue(), instrument.symbol(), reason));
      feeds.start();
      TimeUnit.SECONDS.sleep(seconds);
      return new CheckReport(feed, seconds, watch, books, feeds.begunBooks());
    }
  }
}
