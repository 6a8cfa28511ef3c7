package io.streamforge.testkit.simulated;

/**
 * How a venue numbers one message.
 *
 * @param previous the number of the message before
 * @param first the first number that the message stands for
 * @param last the last one
 * @param timeUs when it was sent by the venue's clock, microseconds
 */
record Numbers(long previous, long first, long last, long timeUs) {

  long timeMs() {
    return timeUs / 1_000;
  }
}
