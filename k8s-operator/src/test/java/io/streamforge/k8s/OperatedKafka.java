package io.streamforge.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.cli.cluster.SecuredBroker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What Strimzi makes of the manifests, on one node: a broker with the topics, the users and their
 * rights, and the secrets that pods mount.
 */
final class OperatedKafka {
  private OperatedKafka() {}

  /** Starts with what the manifests ask for, and writes its files to the folder. */
  static SecuredBroker start(Manifests manifests, Path folder) throws Exception {
    SecuredBroker broker = SecuredBroker.start(folder);
    try {
      broker.admin().createTopics(topics(manifests)).all().get();
      for (JsonNode user : manifests.ofKind("KafkaUser").toList()) {
        String name = Manifests.name(user);
        List<AclBinding> rights = new ArrayList<>();
        user.at("/spec/authorization/acls").forEach(acl -> rights.addAll(bindings(name, acl)));
        broker.addUser(name, rights);
      }
      return broker;
    } catch (Exception e) {
      broker.close();
      throw e;
    }
  }

  private static List<NewTopic> topics(Manifests manifests) {
    List<NewTopic> topics = new ArrayList<>();
    manifests
        .ofKind("KafkaTopic")
        .forEach(
            topic -> {
              Map<String, String> config = new HashMap<>();
              topic
                  .at("/spec/config")
                  .properties()
                  .forEach(entry -> config.put(entry.getKey(), entry.getValue().asText()));
              topics.add(
                  new NewTopic(
                          Manifests.name(topic), topic.at("/spec/partitions").asInt(), (short) 1)
                      .configs(config));
            });
    return topics;
  }

  private static List<AclBinding> bindings(String user, JsonNode acl) {
    JsonNode resource = acl.get("resource");
    ResourcePattern pattern =
        new ResourcePattern(
            ResourceType.valueOf(constant(resource.get("type").asText())),
            resource.get("name").asText(),
            resource.path("patternType").asText().equals("prefix")
                ? PatternType.PREFIXED
                : PatternType.LITERAL);
    List<AclBinding> bindings = new ArrayList<>();
    for (String operation : Manifests.texts(acl.get("operations"))) {
      bindings.add(
          new AclBinding(
              pattern,
              new AccessControlEntry(
                  "User:" + user,
                  acl.path("host").asText("*"),
                  AclOperation.valueOf(constant(operation)),
                  AclPermissionType.ALLOW)));
    }
    return bindings;
  }

  /** Kafka's name of what Strimzi writes as {@code transactionalId}. */
  private static String constant(String word) {
    return word.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
  }
}
