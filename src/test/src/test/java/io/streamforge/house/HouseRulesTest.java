package io.streamforge.house;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.cli.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

/** How large the project may get, and how its files are named; more needs an ADR. */
class HouseRulesTest {
  private static final Path ROOT = Path.of("../..");
  private static final int MOST_POMS = 18;
  private static final int MOST_COMMANDS = 20;
  private static final int MOST_CLASSES_A_PACKAGE = 30;
  private static final int MOST_LINES_OF_BENCH = 6_000;
  private static final int COLUMNS = 100;
  private static final String HELP = "src/cli/src/main/resources/io/streamforge/cli/help.txt";
  private static final String PACKAGE_INFO = "package-info.java";
  private static final Set<String> NOT_OURS = Set.of("target", "node_modules", "__pycache__");

  private static List<Path> files;

  @BeforeAll
  static void list() throws IOException {
    files = new ArrayList<>();
    list(ROOT);
  }

  private static void list(Path folder) throws IOException {
    try (Stream<Path> inIt = Files.list(folder)) {
      for (Path path : inIt.sorted().toList()) {
        String name = path.getFileName().toString();
        if (!Files.isDirectory(path)) {
          files.add(path);
        } else if (!NOT_OURS.contains(name) && !name.startsWith(".")) {
          list(path);
        }
      }
    }
  }

  private static Stream<Path> java() {
    return files.stream().filter(file -> file.toString().endsWith(".java"));
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void modulesAreFew() {
    assertThat(files).filteredOn(file -> file.endsWith("pom.xml")).hasSizeBetween(1, MOST_POMS);
  }

  @Test
  void commandsAreFewAndEachIsDispatched() throws IOException {
    String script = Files.readString(ROOT.resolve("streamforge"));
    String help = Files.readString(ROOT.resolve(HELP));
    List<String> listed = found("(?m)^  ([a-z]+)  +", help);
    List<String> ofTheScript = found("(?m)^  ([a-z]+)\\)$", script);
    List<String> ofTheCommandLine =
        Arrays.stream(Main.class.getAnnotation(Command.class).subcommands())
            .map(command -> command.getAnnotation(Command.class).name())
            .toList();

    assertThat(listed).doesNotHaveDuplicates().hasSizeBetween(1, MOST_COMMANDS);
    assertThat(Stream.concat(ofTheScript.stream(), ofTheCommandLine.stream()))
        .containsExactlyInAnyOrderElementsOf(listed);
  }

  private static List<String> found(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(match -> match.group(1)).toList();
  }

  @Test
  void packagesAreSmallAndSayWhatTheyAreForInASentence() {
    Map<Path, List<Path>> packages =
        java()
            .filter(file -> file.toString().contains("/src/main/java/"))
            .collect(groupingBy(Path::getParent));
    packages.forEach(
        (folder, classes) -> {
          assertThat(classes)
              .as("classes of %s", folder)
              .filteredOn(file -> !file.endsWith(PACKAGE_INFO))
              .hasSizeLessThanOrEqualTo(MOST_CLASSES_A_PACKAGE);
          assertThat(folder.resolve(PACKAGE_INFO)).exists();
          assertThat(sentences(folder.resolve(PACKAGE_INFO))).as("%s", folder).hasSize(1);
        });
  }

  private static List<String> sentences(Path packageInfo) {
    Matcher comment =
        Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL)
            .matcher(String.join("\n", lines(packageInfo)));
    String text = comment.find() ? comment.group(1).replaceAll("\\s+\\*?\\s*", " ").strip() : "";
    return Arrays.stream(text.split("(?<=[.?!]) ")).filter(said -> said.endsWith(".")).toList();
  }

  @Test
  void noClassHasTheNameOfAnother() {
    Map<String, List<Path>> byName =
        java()
            .filter(file -> !file.endsWith(PACKAGE_INFO))
            .collect(groupingBy(file -> file.getFileName().toString()));
    assertThat(byName.values()).allSatisfy(sameName -> assertThat(sameName).hasSize(1));
  }

  @Test
  void benchmarksStaySmall() {
    long lines =
        java()
            .filter(file -> file.startsWith(ROOT.resolve("src/bench")))
            .mapToLong(file -> lines(file).size())
            .sum();
    assertThat(lines).as("lines of Java in src/bench").isBetween(1L, (long) MOST_LINES_OF_BENCH);
  }

  @Test
  void commentsKeepToTheirColumns() {
    Set<String> tooLong =
        java()
            .flatMap(
                file ->
                    lines(file).stream()
                        .filter(HouseRulesTest::isComment)
                        .filter(line -> line.codePointCount(0, line.length()) > COLUMNS)
                        .map(line -> file + ": " + line.strip()))
            .collect(Collectors.toSet());
    assertThat(tooLong).isEmpty();
  }

  private static boolean isComment(String line) {
    // An address cannot be broken.
    return line.strip().matches("(//|/\\*|\\*).*") && !line.contains("https://");
  }
}
