package io.streamforge.testkit.simulated;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * One message while it is written. Prices and quantities have as many decimals as the market has;
 * one level of it can be spoiled.
 */
final class MessageText {
  private static final String[] UNREADABLE = {"\"abc\"", "null", "\"-5\"", "\"\"", "[]"};
  private static final int NOTHING = -1;

  private final StringBuilder out = new StringBuilder(1 << 12);
  private final int priceDecimals;
  private final int quantityDecimals;
  private int spoilt = NOTHING;
  private String instead;

  MessageText(int priceDecimals, int quantityDecimals) {
    this.priceDecimals = priceDecimals;
    this.quantityDecimals = quantityDecimals;
  }

  /** Begins a message. */
  MessageText begin(String text) {
    out.setLength(0);
    out.append(text);
    return this;
  }

  /** From now on: the price of the level at a place of the message cannot be read. */
  void spoil(int level, int kind) {
    spoilt = level;
    instead = UNREADABLE[kind % UNREADABLE.length];
  }

  /** Whether a level is still to be spoilt; ends spoiling. */
  boolean stillToSpoil() {
    boolean still = spoilt != NOTHING;
    spoilt = NOTHING;
    return still;
  }

  MessageText add(String text) {
    out.append(text);
    return this;
  }

  MessageText add(long number) {
    out.append(number);
    return this;
  }

  MessageText comma() {
    char last = out.charAt(out.length() - 1);
    if (last != '[') {
      out.append(',');
    }
    return this;
  }

  /** {@code 2026-08-02T03:35:51.302928Z}. */
  MessageText iso(long timeUs) {
    out.append(
        Instant.ofEpochSecond(
            Math.floorDiv(timeUs, 1_000_000L), Math.floorMod(timeUs, 1_000_000L) * 1_000));
    return this;
  }

  /** A price as text in quotes. */
  MessageText quotedPrice(int ticks) {
    if (spoils()) {
      return this;
    }
    out.append('"');
    decimal(ticks, priceDecimals);
    out.append('"');
    return this;
  }

  /** A price as a number. */
  MessageText barePrice(int ticks) {
    if (!spoils()) {
      decimal(ticks, priceDecimals);
    }
    return this;
  }

  private boolean spoils() {
    if (spoilt == NOTHING || spoilt-- > 0) {
      return false;
    }
    out.append(instead);
    return true;
  }

  MessageText quotedQuantity(int units) {
    out.append('"');
    decimal(units, quantityDecimals);
    out.append('"');
    return this;
  }

  MessageText bareQuantity(int units) {
    decimal(units, quantityDecimals);
    return this;
  }

  /** Appends {@code value · 10^−decimals} with all its decimals. */
  private void decimal(int value, int decimals) {
    int unit = 1;
    for (int i = 0; i < decimals; i++) {
      unit *= 10;
    }
    out.append(value / unit);
    if (decimals > 0) {
      out.append('.');
      for (int digit = unit / 10; digit > 0; digit /= 10) {
        out.append((char) ('0' + value / digit % 10));
      }
    }
  }

  /** The text of a number on its own. */
  String plain(int value, boolean price) {
    int from = out.length();
    decimal(value, price ? priceDecimals : quantityDecimals);
    String text = out.substring(from);
    out.setLength(from);
    return text;
  }

  byte[] bytes() {
    return out.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
