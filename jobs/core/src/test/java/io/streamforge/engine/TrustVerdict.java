package io.streamforge.engine;

import io.streamforge.testkit.simulated.Damage;
import io.streamforge.testkit.simulated.SimulatedVenue;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What runs of one venue showed. For one thread; verdicts are added up. */
final class TrustVerdict {
  private static final int MAX_STORIES = 3;

  /** Wrong while live, by what was done to the feed last. */
  static final class Wrong {
    long intervals;
    long messages;
    long longestMessages;
    long longestUs;

    private void add(Wrong other) {
      intervals += other.intervals;
      messages += other.messages;
      longestMessages = Math.max(longestMessages, other.longestMessages);
      longestUs = Math.max(longestUs, other.longestUs);
    }
  }

  private final Map<Damage, Wrong> wrong = new EnumMap<>(Damage.class);
  private final List<String> stories = new ArrayList<>();
  long runs;
  long messages;
  long soundRuns;
  long beyondBound;
  long falseAlarms;
  long notHealed;
  long notRead;
  long heals;

  /** An interval in which a live book was not the market's. */
  void wrong(Damage after, long records, long spanUs) {
    Wrong of = wrong.computeIfAbsent(after, d -> new Wrong());
    of.intervals++;
    of.messages += records;
    of.longestMessages = Math.max(of.longestMessages, records);
    of.longestUs = Math.max(of.longestUs, spanUs);
  }

  boolean wantsStories() {
    return stories.size() < MAX_STORIES;
  }

  void tell(String story) {
    if (wantsStories()) {
      stories.add(story);
    }
  }

  List<String> stories() {
    return stories;
  }

  long faults() {
    return beyondBound + falseAlarms + notHealed + notRead;
  }

  void add(TrustVerdict other) {
    other.wrong.forEach((damage, w) -> wrong.computeIfAbsent(damage, d -> new Wrong()).add(w));
    other.stories.forEach(this::tell);
    runs += other.runs;
    messages += other.messages;
    soundRuns += other.soundRuns;
    beyondBound += other.beyondBound;
    falseAlarms += other.falseAlarms;
    notHealed += other.notHealed;
    notRead += other.notRead;
    heals += other.heals;
  }

  /** Lines of a table: venue, damage, intervals, mean and longest in messages, longest in ms. */
  List<String> rows(SimulatedVenue venue) {
    List<String> rows = new ArrayList<>();
    wrong.forEach(
        (damage, w) ->
            rows.add(
                "| %s | %s | %d | %.1f | %d | %d |"
                    .formatted(
                        venue,
                        damage.text(),
                        w.intervals,
                        w.messages / (double) w.intervals,
                        w.longestMessages,
                        w.longestUs / 1_000)));
    return rows;
  }

  @Override
  public String toString() {
    return ("%d runs (%d sound), %d messages, %d heals: %d beyond the bound, %d false alarms,"
            + " %d not healed, %d not read")
        .formatted(runs, soundRuns, messages, heals, beyondBound, falseAlarms, notHealed, notRead);
  }
}
