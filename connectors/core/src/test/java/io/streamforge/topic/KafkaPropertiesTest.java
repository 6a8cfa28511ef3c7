package io.streamforge.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with properties is said before Kafka connects. */
class KafkaPropertiesTest {

  private static Optional<String> flaw(String... namesAndValues) {
    Properties properties = new Properties();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      properties.setProperty(namesAndValues[i], namesAndValues[i + 1]);
    }
    return KafkaProperties.flaw(properties);
  }

  @ParameterizedTest
  @CsvSource({
    "sasl.mechanisms, sasl.mechanism",
    "security.protocl, security.protocol",
    "ssl.trust.store.location, ssl.truststore.location",
    "max.requests.size, max.request.size",
    "acksall, acks",
  })
  void anUnknownNameIsToldWithTheNearest(String typed, String right) {
    assertThat(flaw(typed, "secret"))
        .hasValue(
            "kafka.properties.%s is no property of Kafka's clients; the nearest is %s"
                .formatted(typed, right));
  }

  @ParameterizedTest
  @CsvSource({
    "security.protocol, SASL_TLS, SASL_SSL",
    "acks, some, all",
    "request.timeout.ms, soon, soon",
    "interceptor.classes, '', ''",
    "sasl.login.callback.handler.class, no.such.Class, no.such.Class",
  })
  void aBadValueIsTold(String name, String value, String said) {
    if (value.isEmpty()) {
      assertThat(flaw(name, value)).isEmpty(); // no interceptor
    } else {
      assertThat(flaw(name, value)).get().asString().contains(name).contains(said);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "security.protocol, SASL_SSL",
    "sasl.jaas.config, x required y=\"z\";",
    "ssl.truststore.location, /not/yet/there",
    "enable.idempotence, true",
    "group.id, mine",
    "isolation.level, read_committed",
    "commit.offsets.on.checkpoint, false",
    "transaction.timeout.ms, 60000",
    "bootstrap.controllers, localhost:1",
  })
  void whatAnyClientHasIsRight(String name, String value) {
    assertThat(flaw(name, value)).isEmpty();
  }

  @Test
  void whatAClassMayReadIsRightButNoTypingError() {
    assertThat(flaw("oauth.token.endpoint", "https://…")).isPresent();
    String handler = "org.apache.kafka.common.security.auth.AuthenticateCallbackHandler";
    assertThat(
            flaw("oauth.token.endpoint", "https://…", "sasl.login.callback.handler.class", handler))
        .isEmpty();
    assertThat(flaw("sasl.mechanisms", "X", "sasl.login.callback.handler.class", handler))
        .get()
        .asString()
        .endsWith("the nearest is sasl.mechanism");
  }

  /** A provider's parameters have names of its own, and brings values that are not known yet. */
  @Test
  void whatProvidersOfValuesBringIsRight() {
    assertThat(
            flaw(
                "config.providers", "dir",
                "config.providers.dir.class",
                    "org.apache.kafka.common.config.provider.DirectoryConfigProvider",
                "config.providers.dir.param.allowed.paths", "/etc",
                "request.timeout.ms", "${dir:/etc:timeout}"))
        .isEmpty();
  }
}
