package io.streamforge.cli.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** ClusterFailuresTest upgrades a job that runs; this is what Flink does there but seldom. */
class UpgradeTest {
  private static final String JOB = "0123456789abcdef0123456789abcdef";

  @TempDir Path conf;

  @Test
  @Timeout(60)
  void aJobManagerThatDoesNotAnswerForAMomentIsAskedAgain() throws Exception {
    Iterator<Integer> statuses = List.of(503, 404, 200).iterator();
    List<String> asked = Collections.synchronizedList(new ArrayList<>());
    HttpServer jobManager =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    jobManager.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI().getPath());
          byte[] answer = "{\"counts\":{\"completed\":1}}".getBytes(UTF_8);
          exchange.sendResponseHeaders(statuses.next(), answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    jobManager.start();
    try {
      Files.writeString(
          conf.resolve("config.yaml"),
          "rest: {address: localhost, port: %d}%n".formatted(jobManager.getAddress().getPort()));

      new Upgrade(new FlinkCommandLine(conf, conf), line -> {}).awaitCheckpoint(JOB);
    } finally {
      jobManager.stop(0);
    }
    assertThat(asked).hasSize(3).containsOnly("/jobs/" + JOB + "/checkpoints");
  }
}
