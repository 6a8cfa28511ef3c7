package io.streamforge.testkit.reference;

import java.math.BigDecimal;

/**
 * One trade.
 *
 * @param instrument {@code venue:symbol}
 * @param price the price
 * @param quantity the quantity
 * @param side 1 where the aggressor bought, -1 where it sold, 0 where nobody knows
 * @param eventTimeUs the venue's time
 */
public record TradePrint(
    String instrument, BigDecimal price, BigDecimal quantity, int side, long eventTimeUs) {}
