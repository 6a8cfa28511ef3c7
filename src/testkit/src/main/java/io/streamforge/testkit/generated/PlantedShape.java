package io.streamforge.testkit.generated;

/**
 * What a generated market is like.
 *
 * @param symbols instruments
 * @param sectors groups that share a factor
 * @param seconds how long it lasts
 * @param seed the same seed gives the same market
 * @param startUs when it begins, microseconds since the epoch
 */
public record PlantedShape(int symbols, int sectors, int seconds, long seed, long startUs) {

  /** Checks the values. */
  public PlantedShape {
    if (symbols < 1 || sectors < 1 || seconds < 1) {
      throw new IllegalArgumentException("symbols, sectors and seconds must be at least 1");
    }
  }
}
