package io.streamforge.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamforge.marketgraph.MarketGraphJob;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The image, and what the FlinkDeployment expects in it. */
class ImageTest {
  private static final Path ROOT = Manifests.FOLDER.getParent();

  private static String dockerfile;

  /** Where each file that is copied into the image comes to lie. */
  private static final Map<String, Path> COPIED = new HashMap<>();

  private final JsonNode spec = Manifests.of("production").flinkDeployment().get("spec");

  @BeforeAll
  static void readDockerfile() throws IOException {
    dockerfile = Files.readString(Manifests.FOLDER.resolve("Dockerfile"));
    for (String line : dockerfile.lines().filter(line -> line.startsWith("COPY ")).toList()) {
      List<String> words = List.of(line.split(" ", -1));
      String to = words.get(words.size() - 1);
      for (String from : words.subList(1, words.size() - 1)) {
        Path file = file(from);
        COPIED.put(to.endsWith("/") ? to + file.getFileName() : to, file);
      }
    }
  }

  /** The one file that a pattern names, as {@code docker build} requires of this Dockerfile. */
  private static Path file(String pattern) throws IOException {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + ROOT + "/" + pattern);
    try (Stream<Path> files = Files.list(ROOT.resolve(pattern).getParent())) {
      List<Path> matches = files.filter(matcher::matches).toList();
      assertThat(matches).as(pattern).hasSize(1);
      return matches.get(0);
    }
  }

  @Test
  void jarIsWhereTheDeploymentLooksForIt() throws IOException {
    URI uri = URI.create(spec.at("/job/jarURI").asText());
    String entryClass = spec.at("/job/entryClass").asText();

    assertThat(uri.getScheme()).isEqualTo("local");
    assertThat(COPIED).containsKey(uri.getPath());
    try (JarFile jar = new JarFile(COPIED.get(uri.getPath()).toFile())) {
      assertThat(jar.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS))
          .isEqualTo(entryClass)
          .isEqualTo(MarketGraphJob.class.getName());
      assertThat(jar.getEntry(entryClass.replace('.', '/') + ".class")).isNotNull();
    }
  }

  @Test
  void flinkIsTheOneThatTheJobIsBuiltFor() {
    String version = EnvironmentInformation.getVersion();
    String[] parts = version.split("\\.", -1);

    assertThat(dockerfile)
        .contains("\nFROM flink:" + version + "-java17\n")
        .contains("/opt/flink/opt/flink-s3-fs-presto-" + version + ".jar");
    assertThat(spec.get("flinkVersion").asText()).isEqualTo("v" + parts[0] + "_" + parts[1]);
  }

  @Test
  void stateLiesWhereTheImageCanWriteIt() {
    Map<String, String> configuration = Manifests.of("production").flinkConfiguration();
    List<String> schemes = new ArrayList<>();
    for (String key :
        List.of(
            "execution.checkpointing.dir",
            "execution.checkpointing.savepoint-dir",
            "high-availability.storageDir")) {
      schemes.add(URI.create(configuration.get(key)).getScheme());
    }

    assertThat(schemes).containsOnly("s3");
    assertThat(dockerfile).contains("/opt/flink/plugins/s3-fs-presto/");
  }

  @Test
  void billOfMaterialsNamesWhatIsInTheJarAndNotWhatFlinkBrings() throws IOException {
    Path file = COPIED.get("/opt/streamforge/streamforge.cdx.json");
    JsonNode bill = new ObjectMapper().readTree(file.toFile());

    assertThat(bill.get("bomFormat").asText()).isEqualTo("CycloneDX");
    assertThat(bill.at("/components").findValuesAsText("purl"))
        .anyMatch(
            purl ->
                purl.startsWith(
                    "pkg:maven/org.apache.kafka/kafka-clients@" + AppInfoParser.getVersion()))
        .noneMatch(purl -> purl.contains("flink-runtime"));
  }

  /** What an earlier build left there would come before it on the class path, or after. */
  @Test
  void loaderHasEachOfItsJarsOnce() throws IOException {
    try (Stream<Path> jars = Files.list(COPIED.get("/opt/streamforge/loader/lib"))) {
      assertThat(jars.map(jar -> jar.getFileName().toString().replaceFirst("-\\d.*", "")))
          .as("mvnw clean removes what is old")
          .doesNotHaveDuplicates()
          .contains("streamforge-connectors-loader", "kafka-clients", "picocli")
          .noneMatch(name -> name.startsWith("flink"));
    }
  }

  @Test
  void whatIsCopiedIsNotIgnored() throws IOException {
    List<String> kept =
        Files.readAllLines(Manifests.FOLDER.resolve("Dockerfile.dockerignore")).stream()
            .filter(line -> line.startsWith("!"))
            .map(line -> line.substring(1))
            .toList();

    for (Path file : COPIED.values()) {
      assertThat(kept)
          .anyMatch(
              pattern ->
                  FileSystems.getDefault()
                      .getPathMatcher("glob:" + ROOT + "/" + pattern)
                      .matches(file));
    }
  }
}
