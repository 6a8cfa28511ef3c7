package io.streamforge.runtime;

import io.streamforge.settings.SettingKey;
import io.streamforge.settings.SettingsException;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.flink.configuration.ReadableConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a job's settings from where they can stand: Flink's configuration, a file, the command
 * line; later ones win.
 */
public final class Arguments {
  private static final Logger LOG = LoggerFactory.getLogger(Arguments.class);

  private static final char BYTE_ORDER_MARK = '\ufeff'; // some editors begin a file with it

  private Arguments() {}

  /**
   * Reads settings. Every key of the arguments must be the job's. In the cluster's configuration,
   * which other jobs share, only those of the job's groups must be.
   *
   * @param args of the job's main method: {@code --config FILE}, {@code --set key=value}
   * @param flink the cluster's configuration
   * @throws SettingsException if an argument or a setting is wrong
   */
  public static JobSettings settings(JobOptions job, String[] args, ReadableConfig flink) {
    Map<String, String> values = shared(job, flink);
    Map<String, String> assignments = new LinkedHashMap<>();
    for (int i = 0; i < args.length; i += 2) {
      if (i + 1 == args.length) {
        throw new SettingsException(args[i] + " has no value");
      }
      switch (args[i]) {
        case "--config" -> values.putAll(withPrefix(file(Path.of(args[i + 1]))));
        case "--set" -> assign(args[i + 1], assignments);
        default ->
            throw new SettingsException(
                args[i] + " is no argument; there is --config FILE and --set key=value");
      }
    }
    values.putAll(withPrefix(assignments));
    return new JobSettings(job, values);
  }

  private static Map<String, String> shared(JobOptions job, ReadableConfig flink) {
    Map<String, String> values = new LinkedHashMap<>();
    SortedSet<String> foreign = new TreeSet<>();
    flink
        .toMap()
        .forEach(
            (key, value) -> {
              if (!key.startsWith(SettingKey.PREFIX)) {
                return; // Flink's own
              }
              if (job.owns(key)) {
                values.put(key, value);
              } else {
                foreign.add(key);
              }
            });
    if (!foreign.isEmpty()) {
      LOG.info("left to other jobs, as no group of this one: {}", String.join(", ", foreign));
    }
    return values;
  }

  private static Map<String, String> withPrefix(Map<String, String> values) {
    Map<String, String> prefixed = new LinkedHashMap<>();
    values.forEach((key, value) -> prefixed.put(SettingKey.full(key), value));
    return prefixed;
  }

  private static void assign(String text, Map<String, String> values) {
    int equals = text.indexOf('=');
    if (equals <= 0) {
      throw new SettingsException("--set " + text + " must be key=value");
    }
    values.put(text.substring(0, equals).strip(), text.substring(equals + 1).strip());
  }

  /**
   * The settings of a file, by keys as they stand there.
   *
   * @param path of lines {@code key = value}
   * @throws SettingsException if it cannot be read
   */
  public static Map<String, String> file(Path path) {
    Properties properties = new Properties();
    try (BufferedReader reader = Files.newBufferedReader(path)) {
      skipByteOrderMark(reader);
      properties.load(reader);
    } catch (NoSuchFileException e) {
      throw new SettingsException("--config " + path + " does not exist");
    } catch (IOException | IllegalArgumentException e) { // the latter: a broken unicode escape
      throw new SettingsException("--config " + path + " cannot be read: " + e.getMessage());
    }
    Map<String, String> values = new LinkedHashMap<>();
    properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
    return values;
  }

  private static void skipByteOrderMark(BufferedReader reader) throws IOException {
    reader.mark(1);
    if (reader.read() != BYTE_ORDER_MARK) {
      reader.reset();
    }
  }

  /**
   * Ends the submission with one line: Flink's command line would print a stack trace around an
   * exception.
   */
  public static void refuse(SettingsException refused) {
    String line = "streamforge: " + refused.getMessage();
    boolean commandLine =
        StackWalker.getInstance()
            .walk(
                frames ->
                    frames.anyMatch(
                        frame ->
                            frame
                                .getClassName()
                                .equals("org.apache.flink.client.cli.CliFrontend")));
    if (commandLine) {
      // Not System.err, which `flink info` replaces.
      new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8)
          .println(line);
      System.exit(2);
    }
    LOG.error(line);
    throw refused; // within a cluster's process only the submission may end
  }
}
