package io.streamforge.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A Prometheus with the project's configuration, but for addresses and for how often it looks. */
final class Prometheus implements AutoCloseable {
  private static final Path FOLDER = ScriptedCluster.HOME.resolve("flink-conf/prometheus");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final URI base;

  private Prometheus(Process process, int port) {
    this.process = process;
    this.base = URI.create("http://localhost:" + port);
  }

  /**
   * Starts one that looks at a cluster each second; null where it is not installed.
   *
   * @param folder for what it writes
   */
  static Prometheus start(Path folder, ScriptedCluster cluster) throws IOException {
    Files.createDirectories(folder);
    String targets =
        "localhost:%d, localhost:%d"
            .formatted(cluster.metricsPort("jobmanager"), cluster.metricsPort("taskmanager-1"));
    Path configuration = folder.resolve("prometheus.yaml");
    Files.writeString(
        configuration,
        Files.readString(FOLDER.resolve("prometheus.yaml"))
            .replaceAll("_interval: .*", "_interval: 1s")
            .replaceFirst("targets: \\[localhost:9249.*", "targets: [" + targets + "]")
            .replaceFirst("targets: \\[localhost:9400.*", "targets: []") // no loader runs here
            .replace("- rules.yaml", "- " + FOLDER.resolve("rules.yaml")));
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    try {
      Process process =
          new ProcessBuilder(
                  "prometheus",
                  "--config.file=" + configuration,
                  "--storage.tsdb.path=" + folder.resolve("data"),
                  "--web.listen-address=localhost:" + port)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("prometheus.log").toFile())
              .start();
      return new Prometheus(process, port);
    } catch (IOException e) {
      System.err.println("Dashboard and rules are not checked: no Prometheus here (" + e + ")");
      return null;
    }
  }

  /** The rules, as it has read them. */
  List<JsonNode> rules() throws IOException, InterruptedException {
    return get("/api/v1/rules").findValues("rules").stream()
        .flatMap(rules -> rules.valueStream())
        .toList();
  }

  /** What an expression comes to now: one element a series. */
  JsonNode query(String expression) throws IOException, InterruptedException {
    return get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
        .get("result");
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    JsonNode answer =
        JSON.readTree(
            client
                .send(HttpRequest.newBuilder(base.resolve(path)).build(), BodyHandlers.ofString())
                .body());
    if (!answer.path("status").asText().equals("success")) {
      throw new IOException(path + ": " + answer);
    }
    return answer.get("data");
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }
}
