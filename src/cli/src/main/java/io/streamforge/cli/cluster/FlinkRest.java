package io.streamforge.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What Flink's REST API says. */
public final class FlinkRest {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final URI base;

  FlinkRest(String host, int port) {
    this.base = URI.create("http://%s:%d".formatted(host, port));
  }

  public FlinkRest(int port) {
    this("localhost", port);
  }

  /**
   * Asks.
   *
   * @throws IOException if it does not answer, or refuses
   */
  public JsonNode get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT).build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(base.resolve(path) + " answers " + response.statusCode());
    }
    return JSON.readTree(response.body());
  }

  /** Slots of each TaskManager that is registered, by name: free, and all. */
  Map<String, String> slots() throws IOException, InterruptedException {
    Map<String, String> slots = new LinkedHashMap<>();
    for (JsonNode taskManager : get("/taskmanagers").get("taskmanagers")) {
      slots.put(
          taskManager.get("id").asText(),
          "%d of %d slots free"
              .formatted(
                  taskManager.get("freeSlots").asInt(), taskManager.get("slotsNumber").asInt()));
    }
    return slots;
  }

  URI base() {
    return base;
  }
}
