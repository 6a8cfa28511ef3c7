package io.streamforge.graph.returns;

/** The series of returns that a graph keeps of every symbol, each saved in pages of its own. */
public enum ReturnSeries {
  /** Grid returns of window 5m, one a sample. */
  GRID("returns"),
  /** Overlapping 5 s returns of window 1h. */
  ONE_HOUR("returns-1h"),
  /** Returns of 12 s of window 24h. */
  ONE_DAY("returns-24h");

  private final String text;

  ReturnSeries(String text) {
    this.text = text;
  }

  /** What it is called where it is saved. */
  public String text() {
    return text;
  }
}
