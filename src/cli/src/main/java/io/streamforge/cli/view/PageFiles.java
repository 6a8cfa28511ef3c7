package io.streamforge.cli.view;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.webjars.WebJarVersionLocator;

/** The page's own files, and the drawing library's. Nothing else can be asked for. */
final class PageFiles {
  private static final String HTML = "text/html";
  private static final String SCRIPT = "text/javascript";

  private static final List<String> MODULES =
      List.of(
          "page", "symbol-table", "graph", "arrangement", "charts", "numbers", "scales", "status");

  /** A file, and what it is. */
  record File(String type, byte[] bytes) {}

  private final Map<String, File> files = new HashMap<>();

  PageFiles() {
    add("/", HTML, "page/index.html");
    add("/page.css", "text/css", "page/page.css");
    add("/icon.svg", "image/svg+xml", "page/icon.svg");
    for (String module : MODULES) {
      add("/" + module + ".js", SCRIPT, "page/" + module + ".js");
    }
    add("/d3.js", SCRIPT, "/" + new WebJarVersionLocator().fullPath("d3", "dist/d3.min.js"));
  }

  private void add(String path, String type, String resource) {
    try (InputStream in = PageFiles.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + resource);
      }
      files.put(path, new File(type, in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file at a path, null if there is none. */
  File find(String path) {
    return files.get(path);
  }
}
