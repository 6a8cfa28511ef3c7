package io.streamforge.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of flink-conf/prometheus, and the runbook that their alerts point to. */
class PrometheusRulesTest {
  private static final Path FLINK_CONF = Path.of("..", "..", "flink-conf");
  private static final Path RULES = FLINK_CONF.resolve("prometheus/rules.yaml");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "check rules rules.yaml",
        "check config prometheus.yaml",
        "test rules rules-test.yaml"
      })
  void promtoolIsContent(String arguments) throws Exception {
    Process promtool;
    try {
      promtool =
          new ProcessBuilder(("promtool " + arguments).split(" "))
              .directory(RULES.getParent().toFile())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      Assumptions.abort("not checked: promtool is not installed (" + e + ")");
      return;
    }
    String said =
        new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(promtool.waitFor()).as(said).isZero();
  }

  @Test
  void everyAlertIsTested() throws IOException {
    assertThat(found("alertname: (\\w+)", RULES.resolveSibling("rules-test.yaml")))
        .containsAll(alerts());
  }

  @Test
  void everyAlertHasItsSectionAndEverySectionItsAlert() throws IOException {
    assertThat(alerts()).hasSizeGreaterThan(5);
    assertThat(found("(?m)^## (StreamForge.*)$", FLINK_CONF.resolve("RUNBOOK.md")))
        .containsExactlyElementsOf(alerts());
    assertThat(found("runbook_url: (\\S+)", RULES))
        .containsExactlyElementsOf(
            alerts().stream()
                .map(alert -> "flink-conf/RUNBOOK.md#" + alert.toLowerCase(Locale.ROOT))
                .toList());
  }

  @Test
  void sectionsThatTheRunbookSendsToAreThere() throws IOException {
    assertThat(
            alerts().stream()
                .map(alert -> "[%s](#%s)".formatted(alert, alert.toLowerCase(Locale.ROOT))))
        .containsAll(found("(\\[[^]]*\\]\\(#[^)]*\\))", FLINK_CONF.resolve("RUNBOOK.md")));
  }

  private static List<String> alerts() throws IOException {
    return found("- alert: (\\w+)", RULES);
  }

  private static List<String> found(String pattern, Path file) throws IOException {
    return Pattern.compile(pattern)
        .matcher(Files.readString(file))
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }
}
