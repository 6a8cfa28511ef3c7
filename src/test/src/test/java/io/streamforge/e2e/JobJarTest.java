package io.streamforge.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** The jar that {@code flink run} gets holds all that a cluster does not bring. */
class JobJarTest {
  private static final String SUFFIX = ".class";

  @Test
  void everyClassFindsWhatItNames() throws Exception {
    Path jar = ScriptedCluster.jobJar();
    List<URL> urls = new ArrayList<>(List.of(jar.toUri().toURL()));
    Path cluster = ScriptedCluster.HOME.resolve("flink-conf/target/classpath");
    for (String path : Files.readString(cluster).split(File.pathSeparator, -1)) {
      urls.add(Path.of(path).toUri().toURL());
    }
    try (JarFile entries = new JarFile(jar.toFile());
        URLClassLoader job =
            new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      for (JarEntry entry : entries.stream().toList()) {
        String name = entry.getName();
        if (name.startsWith("io/streamforge/") && name.endsWith(SUFFIX)) {
          String type = name.substring(0, name.length() - SUFFIX.length()).replace('/', '.');
          assertThatCode(() -> resolve(job, type)).as(type).doesNotThrowAnyException();
        }
      }
    }
  }

  /** Loads what the signatures and fields of a class name. */
  private static void resolve(ClassLoader job, String type) throws ClassNotFoundException {
    Class<?> resolved = Class.forName(type, false, job);
    assertThat(resolved.getDeclaredFields()).isNotNull();
    assertThat(resolved.getDeclaredMethods()).isNotNull();
    assertThat(resolved.getDeclaredConstructors()).isNotNull();
  }
}
