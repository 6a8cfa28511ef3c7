package io.streamforge.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.streamforge.loader.out.Flow;
import io.streamforge.loader.venue.Channel;
import io.streamforge.loader.watch.HealthServer;
import io.streamforge.loader.watch.LoaderMetrics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What Prometheus' rules and Grafana's dashboard say of the loader's figures, against these. */
class LoaderFiguresTest {
  private static final Path FLINK_CONF = Path.of("..", "..", "flink-conf");
  private static final Pattern METRIC = Pattern.compile("\\bstreamforge_loader_\\w+");
  private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\w+)(?:\\{(.*)\\})? \\S+$");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");
  private static final Pattern BY = Pattern.compile("by \\(([^)]*)\\)");
  private static final Pattern LEGEND = Pattern.compile("\\{\\{(\\w+)\\}\\}");

  /** What Prometheus itself adds. */
  private static final Set<String> OF_THE_SCRAPE = Set.of("job", "instance");

  /** By name the labels of each figure, once all has happened to a loader. */
  private static final Map<String, Set<String>> FIGURES = new HashMap<>();

  @BeforeAll
  static void letAllHappen() throws Exception {
    PrometheusRegistry registry = new PrometheusRegistry();
    LoaderMetrics metrics = new LoaderMetrics(registry);
    Flow flow = new Flow("raw-orderbooks", "X", "acme", () -> {});
    metrics.connected("acme", "1");
    metrics.disconnected("acme", "1", "closed", 1);
    metrics.moving("acme", "1", "age");
    metrics.unacknowledged("acme", 1);
    metrics.refused("acme", "X", "unknown");
    metrics.message("acme", Channel.BOOK, 7, 3);
    metrics.listed("acme", "X", false);
    metrics.listingFailed("acme", "503");
    metrics.unreadable("acme", "no number", true);
    metrics.unknown("acme");
    metrics.gap("acme", "X");
    metrics.share("acme", "1");
    metrics.bookRequested("acme", "X", "gap");
    metrics.bookRequestFailed("acme", "X", "503");
    metrics.budgetUsed("acme", 0.5);
    metrics.trades("acme", 2, 1);
    metrics.books("acme", 1, 2);
    metrics.delivered(flow, 3);
    metrics.lost(flow, "queue");
    metrics.queued(7);
    try (HealthServer server = new HealthServer("localhost", 0, registry, () -> "", () -> "")) {
      URI address = URI.create("http://localhost:" + server.port() + "/metrics");
      String text =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
              .body();
      for (MatchResult sample : SAMPLE.matcher(text).results().toList()) {
        FIGURES.computeIfAbsent(sample.group(1), name -> new HashSet<>()).addAll(labels(sample));
      }
    }
  }

  private static List<String> labels(MatchResult sample) {
    return sample.group(2) == null ? List.of() : found(LABEL, sample.group(2), 1);
  }

  private static List<String> found(Pattern pattern, String text, int group) {
    return pattern.matcher(text).results().map(match -> match.group(group)).toList();
  }

  @Test
  void rulesWatchWhatThereIs() throws Exception {
    List<String> named =
        found(METRIC, Files.readString(FLINK_CONF.resolve("prometheus/rules.yaml")), 0);

    assertThat(named).hasSizeGreaterThan(8);
    assertThat(FIGURES.keySet()).containsAll(named);
  }

  @Test
  void dashboardShowsWhatThereIsByLabelsThatItHas() throws Exception {
    JsonNode dashboard =
        new ObjectMapper().readTree(FLINK_CONF.resolve("grafana/streamforge.json").toFile());
    List<String> shown = new ArrayList<>();
    for (JsonNode target :
        dashboard.findValues("targets").stream().flatMap(each -> each.valueStream()).toList()) {
      String expression = target.get("expr").asText();
      for (String name : found(METRIC, expression, 0)) {
        shown.add(name);
        assertThat(FIGURES).containsKey(name);
        Set<String> labels = new HashSet<>(FIGURES.get(name));
        labels.addAll(OF_THE_SCRAPE);
        assertThat(
                Stream.concat(
                    found(BY, expression, 1).stream().flatMap(by -> Stream.of(by.split(", "))),
                    found(LEGEND, target.get("legendFormat").asText(), 1).stream()))
            .as(expression)
            .isNotEmpty()
            .allMatch(labels::contains);
        assertThat(expression).contains(name + "{job=~\"$loader\"}");
      }
    }

    assertThat(shown).hasSizeGreaterThan(12);
  }
}
