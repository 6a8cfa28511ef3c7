package io.streamforge.bench.throughput;

import io.streamforge.bench.process.JavaProcess;

/**
 * A contestant in a process of its own, at work until its standard input ends. Arguments: its name,
 * the broker's address, the name of the run.
 */
final class ContestantProcess {
  private ContestantProcess() {}

  public static void main(String[] args) throws Exception {
    Contestant contestant = Contestant.valueOf(args[0]);
    try (AutoCloseable running = contestant.start().between(new RunTopics(args[1], args[2]))) {
      JavaProcess.awaitEndOfInput();
    }
    System.exit(0); // Flink may leave threads behind
  }
}
