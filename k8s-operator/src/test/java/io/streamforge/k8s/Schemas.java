package io.streamforge.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The schemas of Kubernetes' own resources and of the custom ones, made strict: a field that they
 * do not name is an error, as it is to {@code kubectl apply --validate=strict}. Rules in CEL are
 * not looked at.
 */
final class Schemas {
  private static final List<String> CUSTOM =
      List.of(
          "flinkdeployments.flink.apache.org-v1.yml",
          "flinkstatesnapshots.flink.apache.org-v1.yml",
          "monitoring.coreos.com_podmonitors.yaml",
          "monitoring.coreos.com_prometheusrules.yaml",
          "strimzi-kafka.yaml",
          "strimzi-kafkanodepool.yaml",
          "strimzi-kafkatopic.yaml",
          "strimzi-kafkauser.yaml");
  private static final String OBJECT_META = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";
  private static final String QUANTITY = "io.k8s.apimachinery.pkg.api.resource.Quantity";

  private static final ObjectMapper JSON = new ObjectMapper();

  private static Schemas read;

  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4);
  private final ObjectNode definitions;
  private final Map<String, Schema> byKind = new HashMap<>();

  private Schemas() throws IOException {
    definitions = (ObjectNode) JSON.readTree(text("kubernetes.json")).get("definitions");
    ((ObjectNode) definitions.get(QUANTITY)).putArray("type").add("string").add("number");
    definitions.forEach(Schemas::makeStrict);
    definitions
        .properties()
        .forEach(
            entry ->
                entry
                    .getValue()
                    .path("x-kubernetes-group-version-kind")
                    .forEach(
                        kind ->
                            add(
                                kind.get("group").asText(),
                                kind.get("version").asText(),
                                kind.get("kind").asText(),
                                reference(entry.getKey()))));
    for (String file : CUSTOM) {
      addCustom(Manifests.parse(text(file)).resources().get(0).get("spec"));
    }
  }

  /** All of them, read once: they are long. */
  static synchronized Schemas read() {
    try {
      read = read == null ? new Schemas() : read;
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void addCustom(JsonNode definition) {
    for (JsonNode version : definition.get("versions")) {
      ObjectNode schema = (ObjectNode) version.at("/schema/openAPIV3Schema");
      makeStrict(schema);
      ObjectNode properties = (ObjectNode) schema.get("properties");
      properties.putObject("apiVersion");
      properties.putObject("kind");
      properties.set("metadata", reference(OBJECT_META));
      add(
          definition.get("group").asText(),
          version.get("name").asText(),
          definition.at("/names/kind").asText(),
          schema);
    }
  }

  private void add(String group, String version, String kind, ObjectNode schema) {
    schema.set("definitions", definitions);
    String apiVersion = group.isEmpty() ? version : group + "/" + version;
    byKind.put(apiVersion + " " + kind, registry.getSchema(schema));
  }

  private static ObjectNode reference(String definition) {
    return JSON.createObjectNode().put("$ref", "#/definitions/" + definition);
  }

  private static void makeStrict(JsonNode node) {
    if (!(node instanceof ObjectNode schema)) {
      return;
    }
    if (schema.path("x-kubernetes-int-or-string").asBoolean()
        || schema.path("format").asText().equals("int-or-string")) {
      schema.putArray("type").add("integer").add("string");
    }
    if (schema.has("properties")) {
      schema.get("properties").forEach(Schemas::makeStrict);
      if (!schema.has("additionalProperties")
          && !schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
        schema.put("additionalProperties", false);
      }
    }
    makeStrict(schema.get("items"));
    makeStrict(schema.get("additionalProperties"));
  }

  private static String text(String file) throws IOException {
    try (InputStream in = Schemas.class.getResourceAsStream("/schemas/" + file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** What is wrong with a resource, a line for each error. */
  List<String> errors(JsonNode resource) {
    String kind = resource.path("apiVersion").asText() + " " + Manifests.kind(resource);
    Schema schema = byKind.get(kind);
    return schema == null
        ? List.of("there is no " + kind)
        : schema.validate(resource).stream().map(Error::toString).toList();
  }
}
