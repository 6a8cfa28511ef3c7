package io.streamforge.testkit.simulated;

/** What can happen to a feed on its way. */
public enum Damage {
  LOST("a message is lost"),
  REPEATED("a message comes again, up to three later"),
  SWAPPED("a message comes after the next one"),
  DELAYED("a message comes two to eight messages late"),
  NUMBERS_RESET_TOLD("the venue begins its numbers anew, and a message says so"),
  NUMBERS_RESET("the venue begins its numbers anew, and the message that says so is lost"),
  RESTARTED_TOLD("the feed is down for some messages; a record says so; then a snapshot"),
  RESTARTED("the feed is down for some messages, unsaid; then a snapshot"),
  WRONG_NUMBER("a message has absurd numbers"),
  UNREADABLE_LEVEL("a level of a message cannot be read"),
  TRUNCATED("a message is cut off"),
  SNAPSHOT_OLD("a snapshot is of one to four seconds before"),
  SNAPSHOT_LATE("a snapshot comes one to six seconds late"),
  SNAPSHOT_TWICE("a snapshot comes twice"),
  SNAPSHOT_SHALLOW("a snapshot has five levels a side");

  private final String text;

  Damage(String text) {
    this.text = text;
  }

  /** What it is, for people. */
  public String text() {
    return text;
  }

  /** Whether it can happen to a venue. */
  boolean appliesTo(SimulatedVenue venue) {
    return switch (this) {
      case NUMBERS_RESET_TOLD ->
          venue == SimulatedVenue.BYBIT || venue.rule() == SimulatedVenue.Rule.LINKED;
      case NUMBERS_RESET, WRONG_NUMBER -> venue.numbered();
      case SNAPSHOT_SHALLOW -> venue.hasShallowSnapshots();
      default -> true;
    };
  }
}
