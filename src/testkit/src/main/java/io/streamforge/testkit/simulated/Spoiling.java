package io.streamforge.testkit.simulated;

import io.streamforge.testkit.simulated.SimulatedMessage.Legible;
import java.util.SplittableRandom;

/**
 * What is wrong with the text of one message.
 *
 * @param damage {@link Damage#WRONG_NUMBER}, {@link Damage#UNREADABLE_LEVEL}, {@link
 *     Damage#TRUNCATED}, or null for nothing
 * @param draw what exactly
 */
record Spoiling(Damage damage, int draw) {
  static final Spoiling NONE = new Spoiling(null, 0);
  private static final long FAR = 1_000_000_000_000L;

  static Spoiling of(Damage damage, SplittableRandom random) {
    return new Spoiling(damage, random.nextInt(1 << 20));
  }

  boolean truncates() {
    return damage == Damage.TRUNCATED;
  }

  boolean renumbers() {
    return damage == Damage.WRONG_NUMBER;
  }

  String note() {
    return damage.name();
  }

  /** The numbers that are sent instead. */
  Numbers of(Numbers sent) {
    if (!renumbers()) {
      return sent;
    }
    return switch (draw % 4) {
      case 0 -> // far ahead, all of them
          new Numbers(sent.previous() + FAR, sent.first() + FAR, sent.last() + FAR, sent.timeUs());
      case 1 -> // it links, and leads far ahead
          new Numbers(sent.previous(), sent.first(), sent.last() + 5 * FAR, sent.timeUs());
      case 2 -> // far behind, all of them
          new Numbers(
              sent.previous() / 2, sent.previous() / 2 + 1, sent.previous() / 2 + 2, sent.timeUs());
      default -> // a hole of one
          new Numbers(sent.previous() + 1, sent.first() + 1, sent.last() + 1, sent.timeUs());
    };
  }

  void beginLevels(MessageText out) {
    if (damage == Damage.UNREADABLE_LEVEL) {
      out.spoil(draw % 3, draw / 3);
    }
  }

  /** How much can be read: a message may have fewer levels than the one that was to be spoilt. */
  Legible endLevels(MessageText out) {
    boolean spoilt = damage == Damage.UNREADABLE_LEVEL && !out.stillToSpoil();
    return spoilt ? Legible.IN_PART : Legible.ALL;
  }
}
