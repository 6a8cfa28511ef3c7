package io.streamforge.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaTest {
  /** Fields whose own fields have any name. */
  private static final Set<String> MAPS =
      Set.of(
          "annotations",
          "config",
          "data",
          "flinkConfiguration",
          "labels",
          "limits",
          "logConfiguration",
          "matchLabels",
          "requests");

  private static final Schemas SCHEMAS = Schemas.read();

  @ParameterizedTest
  @MethodSource("io.streamforge.k8s.Manifests#overlays")
  void everyResourceFollowsItsSchema(String overlay) {
    assertThat(Manifests.of(overlay).resources())
        .hasSizeGreaterThan(15)
        .allSatisfy(resource -> assertThat(SCHEMAS.errors(resource)).isEmpty());
  }

  @Test
  void savepointFollowsItsSchema() throws IOException {
    String yaml = Files.readString(Manifests.FOLDER.resolve("savepoint.yaml"));

    assertThat(Manifests.parse(yaml).resources())
        .singleElement()
        .satisfies(resource -> assertThat(SCHEMAS.errors(resource)).isEmpty());
  }

  /** Of every kind, at every depth. */
  @Test
  void fieldThatNoSchemaNamesIsAnError() {
    for (JsonNode resource : Manifests.of("production").resources()) {
      JsonNode misspelt = resource.deepCopy();
      for (ObjectNode object : closedObjects(misspelt)) {
        object.put("replicsa", "3");
        assertThat(SCHEMAS.errors(misspelt)).as("%s", object).isNotEmpty();
        object.remove("replicsa");
      }
    }
  }

  private static List<ObjectNode> closedObjects(JsonNode node) {
    List<ObjectNode> objects = new ArrayList<>();
    if (node instanceof ObjectNode object) {
      objects.add(object);
      object.properties().stream()
          .filter(field -> !MAPS.contains(field.getKey()))
          .forEach(field -> objects.addAll(closedObjects(field.getValue())));
    } else {
      node.forEach(element -> objects.addAll(closedObjects(element)));
    }
    return objects;
  }
}
