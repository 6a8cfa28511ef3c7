package io.streamforge.testkit.reference;

import java.math.BigDecimal;

/**
 * What a unit of an instrument's quote is worth in the reference currency.
 *
 * @param nominal at any time, where {@code from} is null
 * @param from id of the instrument whose mid is the rate
 */
public record ReferenceRate(BigDecimal nominal, String from) {}
