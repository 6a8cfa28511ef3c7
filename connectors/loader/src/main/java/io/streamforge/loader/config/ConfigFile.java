package io.streamforge.loader.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.streamforge.loader.venue.Channel;
import io.streamforge.loader.venue.VenueFeeds;
import io.streamforge.settings.NearestWord;
import io.streamforge.settings.SettingsException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads a loader's configuration from a file of YAML. */
public final class ConfigFile {
  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9}) ?(ms|s|min|h)");

  /** The file's form; what is not there is null. */
  private record File(
      Kafka kafka,
      Http http,
      @JsonProperty("queue-mb") Integer queueMb,
      Tls tls,
      List<Feed> feeds) {}

  private record Kafka(
      @JsonProperty("bootstrap-servers") String bootstrapServers,
      Map<String, String> properties,
      Topics topics) {}

  private record Topics(String orderbooks, String trades, String resync) {}

  private record Http(String host, Integer port) {}

  private record Tls(Path ca) {}

  private record Feed(
      String venue,
      List<String> symbols,
      Set<Channel> channels,
      Integer depth,
      Integer lines,
      URI url,
      URI rest,
      @JsonProperty("idle-timeout") String idleTimeout) {}

  private ConfigFile() {}

  /**
   * Reads a configuration.
   *
   * @throws SettingsException if it cannot be, in one line
   * @throws IOException if the file cannot be read
   */
  public static LoaderConfig read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new SettingsException(file + " is a folder, must be a file of YAML");
    }
    byte[] text = Files.readAllBytes(file);
    try {
      File read = YAML.readValue(text, File.class);
      if (read == null) {
        throw SettingsException.of("feeds", null, "a list with a feed or more");
      }
      return config(read);
    } catch (UnrecognizedPropertyException e) {
      String near =
          NearestWord.of(
                  e.getPropertyName(),
                  e.getKnownPropertyIds().stream().map(String::valueOf).toList(),
                  true)
              .orElse("none");
      throw new SettingsException(
          "%s: %s is no setting; the nearest is %s".formatted(file, path(e), near));
    } catch (JsonMappingException e) {
      throw new SettingsException(
          "%s: %s cannot be: %s".formatted(file, path(e), firstLine(e.getOriginalMessage())));
    } catch (JacksonException e) {
      throw new SettingsException(
          "%s is no YAML: line %d: %s"
              .formatted(
                  file,
                  e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                  firstLine(e.getOriginalMessage())));
    }
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(
            each ->
                each.getFieldName() == null
                    ? "[" + each.getIndex() + "]"
                    : "." + each.getFieldName())
        .collect(Collectors.joining())
        .replaceFirst("^\\.", "");
  }

  private static LoaderConfig config(File file) {
    Kafka kafka = file.kafka == null ? new Kafka(null, null, null) : file.kafka;
    Topics names = kafka.topics == null ? new Topics(null, null, null) : kafka.topics;
    Http http = file.http == null ? new Http(null, null) : file.http;
    List<Feed> feeds = file.feeds == null ? List.of() : file.feeds;
    return new LoaderConfig(
        kafka.bootstrapServers,
        or(kafka.properties, Map.of()),
        new TopicConfig(
            or(names.orderbooks, TopicConfig.USUAL.orderbooks()),
            or(names.trades, TopicConfig.USUAL.trades()),
            or(names.resync, TopicConfig.USUAL.resync())),
        or(http.host, LoaderConfig.HTTP_HOST),
        or(http.port, LoaderConfig.HTTP_PORT),
        or(file.queueMb, LoaderConfig.QUEUE_MB),
        file.tls == null ? null : file.tls.ca,
        feeds.stream().map(ConfigFile::feed).toList());
  }

  private static FeedConfig feed(Feed feed) {
    if (feed == null) {
      throw SettingsException.of("feeds", null, "a feed with venue and symbols");
    }
    return new FeedConfig(
        feed.venue,
        feed.symbols,
        or(feed.channels, EnumSet.allOf(Channel.class)),
        or(feed.depth, VenueFeeds.of("feeds.venue", feed.venue).facts().usualDepth()),
        or(feed.lines, 1),
        feed.url,
        feed.rest,
        feed.idleTimeout == null ? FeedConfig.IDLE_TIMEOUT : duration(feed.idleTimeout));
  }

  private static Duration duration(String text) {
    Matcher parts = DURATION.matcher(text);
    if (!parts.matches()) {
      throw SettingsException.of("feeds.idle-timeout", text, "a time like 60 s");
    }
    long number = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "min" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }

  private static <T> T or(T given, T usual) {
    return given == null ? usual : given;
  }
}
