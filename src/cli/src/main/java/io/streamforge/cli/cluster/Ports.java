package io.streamforge.cli.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;

/** Ports of this machine: which are free, and which were given away by this. */
final class Ports {
  private static final int FIRST_METRICS_PORT = 9249;

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
    if (!isFree(port)) {
      throw new IOException(
          "port %d, for %s, is taken: give another with %s, or 0 for any"
              .formatted(port, what, option));
    }
    return port;
  }

  /** Any that is free. */
  static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static boolean isFree(int port) {
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
