package io.streamforge.section;

/**
 * A named part of a stored state. What is stored of it begins with its id and the version of its
 * form.
 *
 * @param id stands for it among its neighbours, 1 to 127; it never changes, and that of a part that
 *     was dropped is not used again
 * @param version of the form that is written, 1 to 127
 * @param name for messages
 */
public record Section(int id, int version, String name) {
  public Section {
    if (id < 1 || id > Byte.MAX_VALUE || version < 1 || version > Byte.MAX_VALUE) {
      throw new IllegalArgumentException(
          "section %s has id %d and version %d: both are 1 to 127".formatted(name, id, version));
    }
  }

  /** A section in the first version of its form. */
  public static Section of(int id, String name) {
    return new Section(id, 1, name);
  }
}
