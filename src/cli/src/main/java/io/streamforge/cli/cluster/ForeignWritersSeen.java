package io.streamforge.cli.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What jobs have found of other writers of their topics out, as their TaskManagers show it. */
final class ForeignWritersSeen {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private static final Pattern GAUGE =
      Pattern.compile("(?m)^\\w+_operator_foreign_writers\\{(.*)\\} ([0-9.]+)$");

  private static final Pattern JOB = Pattern.compile("\\bjob_id=\"([^\"]*)\"");
  private static final Pattern TOPIC = Pattern.compile("\\boperator_name=\"([^\"]*?):_Writer\"");

  private ForeignWritersSeen() {}

  /**
   * Asks a TaskManager.
   *
   * @return a line for each topic out that has another writer
   * @throws IOException if it does not answer
   */
  static List<String> at(int metricsPort) throws IOException, InterruptedException {
    URI metrics = URI.create("http://localhost:%d/metrics".formatted(metricsPort));
    String text =
        HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .build()
            .send(HttpRequest.newBuilder(metrics).timeout(TIMEOUT).build(), BodyHandlers.ofString())
            .body();
    return of(text);
  }

  /** Reads metrics in Prometheus' form. */
  static List<String> of(String metrics) {
    List<String> lines = new ArrayList<>();
    for (MatchResult gauge : GAUGE.matcher(metrics).results().toList()) {
      int producers = (int) Double.parseDouble(gauge.group(2));
      if (producers > 0) {
        lines.add(
            "%d producer%s on %s beside job %s"
                .formatted(
                    producers,
                    producers == 1 ? "" : "s",
                    label(TOPIC, gauge.group(1)),
                    label(JOB, gauge.group(1))));
      }
    }
    return lines;
  }

  private static String label(Pattern pattern, String labels) {
    return pattern.matcher(labels).results().map(label -> label.group(1)).findFirst().orElse("?");
  }
}
