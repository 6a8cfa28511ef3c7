package io.streamforge.marketgraph;

import io.streamforge.market.Instrument;
import io.streamforge.settings.SettingsException;
import java.io.Serializable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which graph an instrument is a node of: settings {@code graph.group-by}, {@code graph.include}
 * and {@code graph.name}.
 */
public final class GraphGroup implements Serializable {
  private static final long serialVersionUID = 1;

  private final boolean byVenue;
  private final Pattern included;
  private final String name;

  GraphGroup(String groupBy, String include, String name) {
    this.byVenue =
        switch (groupBy) {
          case "none" -> false;
          case "venue" -> true;
          default ->
              throw SettingsException.of(GraphOptions.GROUP_BY.key(), groupBy, "none or venue");
        };
    try {
      this.included = Pattern.compile(include);
    } catch (PatternSyntaxException e) {
      throw SettingsException.of(
          GraphOptions.INCLUDE.key(),
          include,
          "a regular expression of Java (%s at %d)".formatted(e.getDescription(), e.getIndex()));
    }
    this.name = name;
  }

  /** Whether the instrument is in a graph: its whole id must match. */
  public boolean includes(Instrument instrument) {
    return included.matcher(instrument.id()).matches();
  }

  /** Name of the graph that it is a node of. */
  public String graph(Instrument instrument) {
    return byVenue ? instrument.venue() : name;
  }
}
