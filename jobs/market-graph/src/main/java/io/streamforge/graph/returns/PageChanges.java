package io.streamforge.graph.returns;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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

  /** The same without the pages to delete of symbols that have come back to them. */
  PageChanges withoutRewritten() {
    Set<PageKey> rewritten = new HashSet<>();
    changed.forEach(page -> rewritten.add(page.key()));
    obsolete.removeIf(rewritten::contains);
    return this;
  }
}
