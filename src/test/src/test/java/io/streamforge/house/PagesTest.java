package io.streamforge.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.cli.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the pages link to exists, and so do the commands and options that they show. */
class PagesTest {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final int MOST_LINES_OF_README = 150;
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?://)([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
  private static final Pattern COMMAND = Pattern.compile("\\./streamforge ([a-z][^`\n#|]*)");
  private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]*");

  private static List<Path> pages;

  @BeforeAll
  static void list() throws IOException {
    try (Stream<Path> all = Files.walk(ROOT)) {
      pages =
          all.filter(file -> file.toString().endsWith(".md"))
              .filter(file -> !ROOT.relativize(file).toString().matches("(.*/)?(target|\\.).*"))
              .toList();
    }
  }

  private static String text(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatIsLinkedExists() {
    List<String> broken = new ArrayList<>();
    for (Path page : pages) {
      LINK.matcher(text(page))
          .results()
          .map(found -> found.group(1))
          .filter(link -> !exists(page, link))
          .forEach(link -> broken.add(ROOT.relativize(page) + ": " + link));
    }
    assertThat(pages).hasSizeGreaterThan(20);
    assertThat(broken).isEmpty();
  }

  private static boolean exists(Path page, String link) {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
    return Files.exists(target)
        && (parts.length == 1
            || HEADING
                .matcher(text(target))
                .results()
                .anyMatch(found -> anchor(found.group(1)).equals(parts[1])));
  }

  /** As GitHub makes it of a heading. */
  private static String anchor(String heading) {
    return heading
        .strip()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }

  @Test
  void commandsAndOptionsThatAreShownExist() {
    List<String> wrong = new ArrayList<>();
    for (Path page : pages) {
      COMMAND
          .matcher(text(page))
          .results()
          .map(found -> found.group(1).strip())
          .filter(command -> !isOurs(command.split("\\s+")))
          .forEach(command -> wrong.add(ROOT.relativize(page) + ": " + command));
    }
    assertThat(wrong).isEmpty();
  }

  /**
   * Whether the command exists and has the options; what the script hands on has others' options.
   */
  private static boolean isOurs(String... words) {
    if (List.of("test", "soak", "bench", "flink").contains(words[0])) {
      return true;
    }
    CommandLine command = Main.commandLine();
    for (String word : words) {
      if (command.getSubcommands().containsKey(word)) {
        command = command.getSubcommands().get(word);
      } else if (command.getParent() == null
          || (OPTION.matcher(word).matches()
              && command.getCommandSpec().findOption(word) == null)) {
        return false;
      }
    }
    return true;
  }

  @Test
  void theReadmeIsShort() {
    assertThat(text(ROOT.resolve("README.md")).lines().count())
        .isLessThanOrEqualTo(MOST_LINES_OF_README);
  }
}
