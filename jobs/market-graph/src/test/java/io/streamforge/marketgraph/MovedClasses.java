package io.streamforge.marketgraph;

import io.streamforge.state.VersionedSerializer;
import io.streamforge.state.VersionedSerializerSnapshot;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/**
 * All of the project as if it had been moved to packages of other names, {@code io.streamforge.x}
 * to {@code org.moved.x}: every class but the one whose name stands in savepoints.
 */
final class MovedClasses extends ClassLoader {
  private static final String FROM = "io/streamforge/";
  private static final String TO = "org/moved/";
  private static final String PINNED = internal(VersionedSerializerSnapshot.class.getName());

  /** Where the list of moved serializers is kept. */
  private final Path folder;

  MovedClasses(Path folder) {
    super(MovedClasses.class.getClassLoader());
    this.folder = folder;
  }

  /** The name of a class after the move. */
  static String moved(Class<?> original) {
    return external(rename(internal(original.getName())));
  }

  private static String internal(String name) {
    return name.replace('.', '/');
  }

  private static String external(String name) {
    return name.replace('/', '.');
  }

  private static String rename(String internal) {
    return internal.startsWith(FROM) && !internal.equals(PINNED)
        ? TO + internal.substring(FROM.length())
        : internal;
  }

  private static String original(String internal) {
    return internal.startsWith(TO) ? FROM + internal.substring(TO.length()) : internal;
  }

  private static final class Move extends Remapper {
    Move() {
      super(Opcodes.ASM9);
    }

    @Override
    public String map(String internalName) {
      return rename(internalName);
    }

    /** Lambdas that are serializable find themselves by texts. */
    @Override
    public Object mapValue(Object value) {
      return value instanceof String text && text.contains(FROM)
          ? text.replace(FROM, TO).replace(TO + PINNED.substring(FROM.length()), PINNED)
          : super.mapValue(value);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    String internal = internal(name);
    if (internal.startsWith(TO) || internal.equals(PINNED)) {
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? define(name, original(internal)) : loaded;
      }
    }
    if (internal.startsWith(FROM)) {
      throw new ClassNotFoundException(name + " was moved");
    }
    return super.loadClass(name, resolve);
  }

  private Class<?> define(String name, String original) throws ClassNotFoundException {
    try (InputStream in = getParent().getResourceAsStream(original + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      ClassWriter writer = new ClassWriter(0);
      new ClassReader(in).accept(new ClassRemapper(writer, new Move()), 0);
      byte[] bytes = writer.toByteArray();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  /** Of the moved serializers there is a list too, as a build would make it. */
  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    String list = "META-INF/services/" + VersionedSerializer.class.getName();
    if (!name.equals("META-INF/services/" + moved(VersionedSerializer.class))) {
      return super.getResources(name);
    }
    List<URL> moved = new ArrayList<>();
    for (URL url : Collections.list(super.getResources(list))) {
      Path file = folder.resolve("serializers-" + moved.size());
      Files.writeString(file, text(url).replace(external(FROM), external(TO)));
      moved.add(file.toUri().toURL());
    }
    return Collections.enumeration(moved);
  }

  private static String text(URL url) {
    try (InputStream in = url.openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
