package io.streamforge.flow;

/**
 * The flow of trades up to a sample. NaN is a value that does not exist.
 *
 * @param tradeImbalance1m bought minus sold, share of the volume
 * @param kyleLambda1m log return a quote unit
 * @param amihud1m log return a quote unit
 * @param rollSpread1mBps in basis points
 * @param vpin imbalance of the last 50 buckets of volume
 */
public record FlowSample(
    double tradeImbalance1m,
    double kyleLambda1m,
    double amihud1m,
    double rollSpread1mBps,
    double vpin) {}
