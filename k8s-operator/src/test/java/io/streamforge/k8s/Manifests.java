package io.streamforge.k8s;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.streamforge.settings.SettingKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The resources that an overlay comes to, as {@code kubectl kustomize} renders them. */
public record Manifests(List<JsonNode> resources) {
  /** Where the manifests are. */
  static final Path FOLDER =
      Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
          .filter(folder -> Files.exists(folder.resolve("overlays")))
          .findFirst()
          .orElseThrow();

  private static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  private static final Map<String, Manifests> RENDERED = new ConcurrentHashMap<>();

  /** The overlays there are. */
  public static Stream<String> overlays() {
    return Stream.of("dev", "production");
  }

  /** One overlay; the test is left out where there is no kubectl. */
  public static Manifests of(String overlay) {
    return RENDERED.computeIfAbsent(
        overlay, name -> parse(kustomize(FOLDER.resolve("overlays").resolve(name))));
  }

  /** Resources as they are written. */
  static Manifests parse(String yaml) {
    try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class).readValues(yaml)) {
      return new Manifests(documents.readAll());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String kustomize(Path folder) {
    try {
      Process process =
          new ProcessBuilder("kubectl", "kustomize", folder.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String yaml = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError("kubectl kustomize " + folder + " fails, see above");
      }
      return yaml;
    } catch (IOException e) {
      return Assumptions.abort("not checked: kubectl is not installed (" + e + ")");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  Stream<JsonNode> ofKind(String kind) {
    return resources.stream().filter(resource -> kind(resource).equals(kind));
  }

  JsonNode one(String kind, String name) {
    return ofKind(kind)
        .filter(resource -> name(resource).equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no %s %s".formatted(kind, name)));
  }

  /** The one FlinkDeployment. */
  public JsonNode flinkDeployment() {
    return one("FlinkDeployment", "streamforge");
  }

  /** What the FlinkDeployment configures Flink and the job with. */
  Map<String, String> flinkConfiguration() {
    Map<String, String> configuration = new TreeMap<>();
    flinkDeployment()
        .at("/spec/flinkConfiguration")
        .properties()
        .forEach(entry -> configuration.put(entry.getKey(), entry.getValue().asText()));
    return configuration;
  }

  /** The job's settings, as it reads them: its arguments win. */
  Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    flinkConfiguration()
        .forEach(
            (key, value) -> {
              if (key.startsWith(SettingKey.PREFIX)) {
                settings.put(key, value);
              }
            });
    List<String> args = texts(flinkDeployment().at("/spec/job/args"));
    for (int i = 0; i < args.size(); i += 2) {
      if (!args.get(i).equals("--set")) {
        throw new AssertionError(args.get(i) + " instead of --set");
      }
      String[] assignment = args.get(i + 1).split("=", 2);
      settings.put(SettingKey.PREFIX + assignment[0], assignment[1]);
    }
    return settings;
  }

  static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  static String kind(JsonNode resource) {
    return resource.path("kind").asText();
  }

  static String name(JsonNode resource) {
    return resource.at("/metadata/name").asText();
  }
}
