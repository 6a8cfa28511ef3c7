package io.streamforge.cli.snapshot;

import java.util.Locale;

/** Scales of colour that are the same to all kinds of colour vision. */
final class Colours {
  /** Cividis (Nuñez, Anderton & Renslow 2018), at every eighth. */
  private static final int[] CIVIDIS = {
    0x00224e, 0x123570, 0x3b496c, 0x575d6d, 0x707173, 0x8a8678, 0xa59c74, 0xc3b369, 0xe1cc55,
  };

  private static final int TOP = 0xfee838;
  private static final int POSITIVE = 0x1f5fbf;
  private static final int NONE = 0xc4c9d0;
  private static final int NEGATIVE = 0xb65306;

  private Colours() {}

  /** From dark blue at 0 to yellow at 1. */
  static String sequential(double place) {
    double step = Math.max(0, Math.min(1, place)) * CIVIDIS.length;
    int below = Math.min((int) step, CIVIDIS.length - 1);
    int above = below + 1 < CIVIDIS.length ? CIVIDIS[below + 1] : TOP;
    return mix(CIVIDIS[below], above, step - below);
  }

  /** From orange at -1 by grey to blue at 1. */
  static String diverging(double value) {
    return mix(NONE, value < 0 ? NEGATIVE : POSITIVE, Math.min(1, Math.abs(value)));
  }

  private static String mix(int from, int to, double share) {
    int colour = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int a = (from >> shift) & 0xff;
      int b = (to >> shift) & 0xff;
      colour |= (int) Math.round(a + (b - a) * share) << shift;
    }
    return String.format(Locale.ROOT, "#%06x", colour);
  }
}
