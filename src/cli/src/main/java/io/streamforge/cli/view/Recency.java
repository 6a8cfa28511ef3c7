package io.streamforge.cli.view;

/** What counts as news where delivery is at least once. */
final class Recency {
  /** So far back is no repeat, but another run into the same topic. */
  private static final long ANOTHER_RUN_US = 300_000_000;

  private Recency() {}

  /** Whether a record is news to whoever has seen that of {@code newestUs}. */
  static boolean isNews(long newestUs, long timeUs) {
    return timeUs > newestUs || timeUs < newestUs - ANOTHER_RUN_US;
  }
}
