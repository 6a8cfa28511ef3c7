package io.streamforge.bench.throughput;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Figures as a picture, in SVG: a bar for each contestant over each input, messages for a second of
 * processor time, the median with a line from the least to the most. Its colours follow what the
 * reader's browser prefers, light or dark. No toolkit draws it: those need fonts, which a server's
 * JDK does not bring.
 */
final class ThroughputPicture {
  private static final int WIDTH = 820;
  private static final int LABELS = 320;
  private static final int ROOM_FOR_NUMBERS = 130;
  private static final int BAR = 18;
  private static final int ROW = 26;
  private static final int HEADING = 34;
  private static final String STYLE =
      """
      <style>
        text { font: 13px system-ui, sans-serif; fill: #1f2328 }
        .heading { font-weight: 600 }
        .ours { fill: #0969da } .other { fill: #9aa4af }
        .spread { stroke: #1f2328; stroke-width: 1.5 }
        @media (prefers-color-scheme: dark) {
          text { fill: #e6edf3 } .ours { fill: #4493f8 } .other { fill: #59636e }
          .spread { stroke: #e6edf3 }
        }
      </style>
      """;

  private final List<String> lines = new ArrayList<>();
  private final double longest;
  private int y;

  private ThroughputPicture(List<ThroughputFigures> inputs) {
    longest =
        inputs.stream()
            .flatMap(input -> input.contestants().stream())
            .filter(ThroughputPicture::isRight)
            .mapToDouble(contestant -> contestant.messagesPerSecondAndCore().max())
            .max()
            .orElse(1);
    inputs.forEach(this::draw);
    y += ROW;
    lines.add(
        "<text x='0' y='%d'>* twelve features of a symbol and no graph; the others put out all</text>"
            .formatted(y - 8));
  }

  /** Draws it. */
  static String of(List<ThroughputFigures> inputs) {
    ThroughputPicture picture = new ThroughputPicture(inputs);
    return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" \
        aria-label="Messages for a second of processor time">
        %s%s
        </svg>
        """
        .formatted(WIDTH, picture.y + ROW / 2, STYLE, String.join("\n", picture.lines));
  }

  private static boolean isRight(ContestantFigures contestant) {
    return contestant.messagesPerSecondAndCore() != null;
  }

  private void draw(ThroughputFigures input) {
    y += HEADING;
    String heading = input.input() + ": messages for a second of processor time";
    lines.add("<text class='heading' x='0' y='%d'>%s</text>".formatted(y - 8, heading));
    input.contestants().stream().filter(ThroughputPicture::isRight).forEach(this::draw);
  }

  private void draw(ContestantFigures contestant) {
    var rate = contestant.messagesPerSecondAndCore();
    int middle = y + BAR / 2;
    String style = contestant.name().equals(Contestant.OURS.name()) ? "ours" : "other";
    String label =
        "%s%s: %s"
            .formatted(contestant.name(), contestant.core() ? "*" : "", contestant.description());
    lines.add("<text x='0' y='%d'>%s</text>".formatted(middle + 5, label));
    lines.add(
        "<rect class='%s' x='%d' y='%d' width='%d' height='%d' rx='2'/>"
            .formatted(style, LABELS, y, x(rate.p50()) - LABELS, BAR));
    lines.add(
        "<line class='spread' x1='%d' x2='%d' y1='%d' y2='%d'/>"
            .formatted(x(rate.min()), x(rate.max()), middle, middle));
    lines.add(
        "<text x='%d' y='%d'>%s</text>"
            .formatted(
                x(rate.max()) + 8, middle + 5, String.format(Locale.ROOT, "%,.0f", rate.p50())));
    y += ROW;
  }

  private int x(double rate) {
    return LABELS + (int) Math.round((WIDTH - LABELS - ROOM_FOR_NUMBERS) * rate / longest);
  }
}
