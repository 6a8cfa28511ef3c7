package io.streamforge.catalogue;

/**
 * One published number. Implemented by the enums that stand beside the code that computes them; the
 * order of their constants is the order in the records.
 */
public interface Feature {

  /** What a user needs to know of the number. */
  Description description();

  /** The name in the records. */
  default String key() {
    return description().name();
  }

  /**
   * The published value of what was measured in quote units. Most features are the same in any
   * currency.
   *
   * @param value as measured, NaN where it does not exist
   * @param rate reference units for one quote unit, NaN where that is not known
   */
  default double inReference(double value, double rate) {
    return value;
  }

  /**
   * A catalogue entry.
   *
   * @param name name in the records, {@code snake_case}
   * @param unit unit of the value, empty for a pure number
   * @param window what part of the past it looks at, for example {@code 5m}; {@code T} for the
   *     state as of the sample
   * @param formula formula in the notation of the field
   * @param source paper or venue document, empty for a plain definition
   * @param nullWhen when the value does not exist
   * @param inGraph whether it stands in the graph's {@code x}: it means the same for every symbol
   */
  record Description(
      String name,
      String unit,
      String window,
      String formula,
      String source,
      String nullWhen,
      boolean inGraph) {}
}
