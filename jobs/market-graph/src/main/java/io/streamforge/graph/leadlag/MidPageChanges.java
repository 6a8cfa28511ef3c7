package io.streamforge.graph.leadlag;

import io.streamforge.graph.returns.PageKey;
import java.util.ArrayList;
import java.util.List;

/**
 * What a store of mid changes must do to follow the graph. No key is in both lists.
 *
 * @param changed pages to write
 * @param obsolete pages to delete
 */
public record MidPageChanges(List<MidPage> changed, List<PageKey> obsolete) {

  public MidPageChanges() {
    this(new ArrayList<>(), new ArrayList<>());
  }
}
