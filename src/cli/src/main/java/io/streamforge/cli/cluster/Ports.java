package io.streamforge.cli.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Ports of this machine: which are free, and which were given away by this. */
public final class Ports {
  private static final int FIRST_METRICS_PORT = 9249;

  // Systems give out higher ones by themselves: none of these is gone before it is listened on.
  private static final int FIRST_PORT = 20_000;
  private static final int PORTS = 10_000;
  private static final int LAST_PORT = 65_535;
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(PORTS));

  private final Set<Integer> metrics = new HashSet<>();

  /** A plan with free ports in the place of 0, if the others are free. */
  static ClusterPlan settle(ClusterPlan plan) throws IOException {
    return new ClusterPlan(
        plan.taskManagers(),
        plan.memory(),
        plan.highlyAvailable(),
        settle(plan.webPort(), "Flink's web UI", "--port"),
        settle(plan.kafkaPort(), "Kafka", "--kafka-port"),
        plan.partitions());
  }

  private static int settle(int port, String what, String option) throws IOException {
    if (port == 0) {
      return free();
    }
    check(port, what, option);
    return port;
  }

  /**
   * Refuses a port that cannot be listened on.
   *
   * @param what is to listen there
   * @param option by which another can be given
   * @throws IllegalArgumentException if it is none
   * @throws IOException if it is taken
   */
  public static void check(int port, String what, String option) throws IOException {
    if (port < 0 || port > LAST_PORT) {
      throw new IllegalArgumentException(
          "port %d, for %s, is none: give one from 1 to %d with %s, or 0 for any"
              .formatted(port, what, LAST_PORT, option));
    }
    if (port != 0 && !isFree(port)) {
      throw new IOException(
          "port %d, for %s, is taken: give another with %s, or 0 for any"
              .formatted(port, what, option));
    }
  }

  /** One that is free, and another each time. */
  static int free() {
    int port = next();
    while (!isFree(port)) {
      port = next();
    }
    return port;
  }

  private static int next() {
    return FIRST_PORT + Math.floorMod(NEXT.getAndIncrement(), PORTS);
  }

  static boolean isFree(int port) {
    try (ServerSocket any = new ServerSocket(port);
        ServerSocket local = new ServerSocket()) {
      any.close();
      local.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The next for the metrics of a process, which does not listen at once. */
  int metrics() {
    int port = FIRST_METRICS_PORT;
    while (metrics.contains(port) || !isFree(port)) {
      port++;
    }
    metrics.add(port);
    return port;
  }

  /**
   * Whether somebody listens.
   *
   * @throws IOException if not
   */
  static boolean isListening(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    }
  }
}
