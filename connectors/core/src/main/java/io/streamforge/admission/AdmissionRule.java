package io.streamforge.admission;

import io.streamforge.market.InstrumentRegistry;
import java.io.Serializable;

/**
 * Which instruments are taken.
 *
 * @param maxInstruments {@code instruments.max-per-partition}: how many of a topic's partition
 *     beside those of the registry
 * @param forgetAfterUs {@code instrument.forget-after}: one without a message for so long counts no
 *     more, microseconds of effective time
 * @param listedOnly {@code instruments.listed-only}: whether those of the registry alone are taken
 * @param registry what is listed
 */
public record AdmissionRule(
    int maxInstruments, long forgetAfterUs, boolean listedOnly, InstrumentRegistry registry)
    implements Serializable {}
