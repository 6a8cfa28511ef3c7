package io.streamforge.cli.snapshot;

import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The elements of GraphML: keys first, then a graph with its data, nodes and edges. */
final class GraphMlWriter {
  /** What attributes are of. */
  enum Of {
    GRAPH,
    NODE,
    EDGE;

    private String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** An attribute's place. */
  private record Key(Of of, String name) {}

  private final StringWriter text = new StringWriter();
  private final XMLStreamWriter xml;
  private final Map<Key, String> ids = new LinkedHashMap<>();

  GraphMlWriter() throws XMLStreamException {
    xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeCharacters("\n");
    xml.writeStartElement("graphml");
    xml.writeDefaultNamespace("http://graphml.graphdrawing.org/xmlns");
    xml.writeCharacters("\n");
  }

  /**
   * Declares an attribute.
   *
   * @param type as GraphML names it
   */
  void key(Of of, String name, String type) throws XMLStreamException {
    String id = of.text().charAt(0) + String.valueOf(ids.size());
    if (ids.putIfAbsent(new Key(of, name), id) == null) {
      xml.writeEmptyElement("key");
      xml.writeAttribute("id", id);
      xml.writeAttribute("for", of.text());
      xml.writeAttribute("attr.name", XmlText.of(name));
      xml.writeAttribute("attr.type", type);
      xml.writeCharacters("\n");
    }
  }

  /** Begins the graph. */
  void undirected(Map<String, String> data) throws XMLStreamException {
    xml.writeStartElement("graph");
    xml.writeAttribute("edgedefault", "undirected");
    xml.writeCharacters("\n");
    data(Of.GRAPH, data);
  }

  void node(String id, Map<String, String> data) throws XMLStreamException {
    xml.writeStartElement("node");
    xml.writeAttribute("id", XmlText.of(id));
    data(Of.NODE, data);
    end();
  }

  void edge(String source, String target, Map<String, String> data) throws XMLStreamException {
    xml.writeStartElement("edge");
    xml.writeAttribute("source", XmlText.of(source));
    xml.writeAttribute("target", XmlText.of(target));
    data(Of.EDGE, data);
    end();
  }

  private void data(Of of, Map<String, String> data) throws XMLStreamException {
    for (Map.Entry<String, String> each : data.entrySet()) {
      xml.writeStartElement("data");
      xml.writeAttribute("key", ids.get(new Key(of, each.getKey())));
      xml.writeCharacters(XmlText.of(each.getValue()));
      end();
    }
  }

  private void end() throws XMLStreamException {
    xml.writeEndElement();
    xml.writeCharacters("\n");
  }

  String close() throws XMLStreamException {
    end();
    end();
    xml.writeEndDocument();
    xml.close();
    return text.toString();
  }
}
