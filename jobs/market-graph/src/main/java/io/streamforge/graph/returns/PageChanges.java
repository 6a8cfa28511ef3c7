package io.streamforge.graph.returns;

import java.util.ArrayList;
import java.util.List;

/**
 * What a store of pages must do to follow the graph. No key is in both lists.
 *
 * @param changed pages to write
 * @param obsolete pages to delete
 */
public record PageChanges(List<ReturnPage> changed, List<PageKey> obsolete) {

  PageChanges() {
    this(new ArrayList<>(), new ArrayList<>());
  }
}
