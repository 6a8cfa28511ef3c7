package io.streamforge.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.loader.venue.VenueFeeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each venue that the loader can subscribe has a page, and the README and the guide list them. */
class VenuePagesTest {
  private static final Path ROOT = Path.of("..", "..");
  private static final Pattern NAME = Pattern.compile("`([a-z0-9-]+)`");
  private static final Pattern TRIED = Pattern.compile("(?m)^\\*(Tried by .+ on .+)\\.\\*$");
  private static final String NOT_TRIED = "*Not yet tried against the venue itself";

  private static List<Path> pages() throws IOException {
    try (Stream<Path> pages = Files.list(ROOT.resolve("docs/venues"))) {
      return pages.sorted().toList();
    }
  }

  private static List<String> venues(Path page) throws IOException {
    String title = Files.readAllLines(page).get(0);
    return NAME.matcher(title).results().map(found -> found.group(1)).toList();
  }

  /** A line of the table, as {@code prefix} reaches the page from it. */
  private static String row(Path page, String prefix) throws IOException {
    String text = Files.readString(page);
    String tried =
        TRIED
            .matcher(text)
            .results()
            .findFirst()
            .map(MatchResult::group)
            .map(line -> line.replace("*", ""))
            .orElse("not tried");
    assertThat(text.contains(NOT_TRIED)).as(page + " says so").isEqualTo(tried.equals("not tried"));
    String names =
        venues(page).stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    String experimental = text.contains("*Experimental") ? ", in part from documents alone" : "";
    return "| [%s](%s%s) | %s%s |\n"
        .formatted(names, prefix, page.getFileName(), tried, experimental);
  }

  private static String table(String prefix) throws IOException {
    StringBuilder table =
        new StringBuilder("| venue | tried against the venue itself |\n|---|---|\n");
    for (Path page : pages()) {
      table.append(row(page, prefix));
    }
    return table.toString();
  }

  @Test
  void everyVenueHasAPage() throws IOException {
    TreeSet<String> described = new TreeSet<>();
    for (Path page : pages()) {
      described.addAll(venues(page));
    }
    assertThat(described).isEqualTo(VenueFeeds.names());
  }

  @Test
  void theTablesAreThoseOfThePages() throws IOException {
    assertThat(Files.readString(ROOT.resolve("README.md"))).contains(table("docs/venues/"));
    assertThat(Files.readString(ROOT.resolve("docs/loader.md"))).contains(table("venues/"));
  }
}
