package io.streamforge.cli.snapshot;

import java.io.StringWriter;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The shapes of a picture of a graph, in SVG. */
final class SvgWriter {
  private static final String STYLE =
      """

      text { font: 13px system-ui, "DejaVu Sans", sans-serif; fill: #191d24 }
      .title { font-size: 18px; font-weight: 600 }
      .quiet { fill: #565f6c }
      .name { paint-order: stroke; stroke: #fff; stroke-width: 3px }
      .small { font-size: 9px; paint-order: stroke; stroke: #fff; stroke-width: 2px }
      .casing { stroke: #3a414c }
      .negative { stroke-dasharray: 6 4 }
      .node { stroke: #3a414c; stroke-width: 1.2; fill: #fff }
      .not-live { fill: url(#hatch); stroke-dasharray: 3 2; stroke-width: 1.6 }
      """;

  private final StringWriter text = new StringWriter();
  private final XMLStreamWriter xml;

  SvgWriter(int width, int height) throws XMLStreamException {
    xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
    xml.writeStartElement("svg");
    xml.writeDefaultNamespace("http://www.w3.org/2000/svg");
    attributes("viewBox", "0 0 %d %d".formatted(width, height));
    attributes("width", width, "height", height, "role", "img");
    xml.writeStartElement("style");
    xml.writeCharacters(STYLE);
    xml.writeEndElement();
    xml.writeStartElement("pattern");
    attributes("id", "hatch", "width", 5, "height", 5, "patternUnits", "userSpaceOnUse");
    attributes("patternTransform", "rotate(45)");
    element("rect", "width", 5, "height", 5, "fill", "#fff");
    element("rect", "width", 2, "height", 5, "fill", "#565f6c");
    xml.writeEndElement();
    element("rect", "width", width, "height", height, "fill", "#fff");
  }

  /**
   * A line by its correlation: colour by sign and size, broken where negative; with a border where
   * it is in the tree.
   *
   * @param weight less than 1 where there are many
   */
  void edge(
      double x1, double y1, double x2, double y2, double correlation, boolean inTree, double weight)
      throws XMLStreamException {
    double strength = Math.min(1, Math.abs(correlation));
    double width = weight * (0.8 + 4.2 * strength);
    if (inTree) {
      line(x1, y1, x2, y2, "class", "casing", "stroke-width", width + 3.5);
      line(x1, y1, x2, y2, "stroke", "#fff", "stroke-width", width + 1);
    }
    line(
        x1,
        y1,
        x2,
        y2, //
        "class",
        correlation < 0 ? "edge negative" : "edge", //
        "stroke",
        Colours.diverging(correlation), //
        "stroke-width",
        width, //
        "opacity",
        inTree ? 1 : weight * (0.2 + 0.8 * strength));
  }

  private void line(double x1, double y1, double x2, double y2, Object... style)
      throws XMLStreamException {
    xml.writeEmptyElement("line");
    attributes("x1", x1, "y1", y1, "x2", x2, "y2", y2);
    attributes(style);
    xml.writeCharacters("\n");
  }

  /**
   * A circle, or a hatched square where the book is not live.
   *
   * @param colour null for none
   */
  void node(double x, double y, double radius, boolean live, String colour)
      throws XMLStreamException {
    if (live) {
      xml.writeEmptyElement("circle");
      attributes("class", "node", "cx", x, "cy", y, "r", radius);
      if (colour != null) {
        attributes("style", "fill: " + colour);
      }
    } else {
      xml.writeEmptyElement("rect");
      attributes("class", "node not-live", "x", x - radius, "y", y - radius);
      attributes("width", 2 * radius, "height", 2 * radius);
    }
    xml.writeCharacters("\n");
  }

  void text(double x, double y, String style, String words) throws XMLStreamException {
    xml.writeStartElement("text");
    attributes("class", style, "x", x, "y", y);
    xml.writeCharacters(XmlText.of(words));
    xml.writeEndElement();
    xml.writeCharacters("\n");
  }

  void element(String name, Object... attributes) throws XMLStreamException {
    xml.writeEmptyElement(name);
    attributes(attributes);
    xml.writeCharacters("\n");
  }

  private void attributes(Object... namesAndValues) throws XMLStreamException {
    for (int i = 0; i < namesAndValues.length; i += 2) {
      Object value = namesAndValues[i + 1];
      xml.writeAttribute(
          (String) namesAndValues[i],
          value instanceof Double number
              ? String.format(Locale.ROOT, "%.1f", number)
              : value.toString());
    }
  }

  String close() throws XMLStreamException {
    xml.writeEndElement();
    xml.writeEndDocument();
    xml.close();
    return text + "\n";
  }
}
