package io.streamforge.cli.snapshot;

import java.util.Locale;
import javax.xml.stream.XMLStreamException;

/** What the colours, lines and shapes of a picture mean. */
final class PictureLegend {
  private static final int STEPS = 24;
  private static final int STEP = 5;
  private static final int LINE = 36;

  private PictureLegend() {}

  static void draw(SvgWriter svg, int left, int y, VolatilityScale volatility)
      throws XMLStreamException {
    svg.text(left, y + 5, "quiet", "volatility, 1 min: " + percent(volatility.least()));
    double x = left + 175;
    for (int i = 0; i < STEPS; i++) {
      String colour = Colours.sequential((double) i / (STEPS - 1));
      svg.element(
          "rect", "x", x + i * STEP, "y", y - 5, "width", STEP + 0.5, "height", 11, "fill", colour);
    }
    svg.text(x + STEPS * STEP + 8, y + 5, "quiet", percent(volatility.most()));
    svg.node(x + 220, y, 7, true, null);
    svg.text(x + 233, y + 5, "quiet", "no volatility yet");
    svg.node(x + 360, y, 7, false, null);
    svg.text(x + 373, y + 5, "quiet", "book not live");
    line(svg, left, y + 24, 1, false, "correlation +1");
    line(svg, left + 175, y + 24, 0, false, "0");
    line(svg, left + 260, y + 24, -1, false, "−1");
    line(svg, left + 350, y + 24, 0.6, true, "in the spanning tree");
  }

  private static void line(
      SvgWriter svg, double x, double y, double correlation, boolean inTree, String words)
      throws XMLStreamException {
    svg.edge(x, y, x + LINE, y, correlation, inTree, 1);
    svg.text(x + LINE + 8, y + 5, "quiet", words);
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, "%,.0f %%", 100 * value);
  }
}
