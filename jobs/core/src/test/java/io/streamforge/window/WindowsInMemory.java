package io.streamforge.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** The stored form of windows, and how often panes were put. */
public final class WindowsInMemory implements PageStore {
  final Map<Long, byte[]> panes = new TreeMap<>();
  private byte[] underWay;
  int puts;

  @Override
  public byte[] get(long page) throws IOException {
    if (!panes.containsKey(page)) {
      throw new IOException("pane " + page + " is lost");
    }
    return panes.get(page);
  }

  @Override
  public void put(long page, byte[] bytes) {
    puts++;
    panes.put(page, bytes);
  }

  @Override
  public void remove(long page) {
    panes.remove(page);
  }

  public void write(Windows windows) throws IOException {
    windows.putEndedPanes(this);
    assertThat(windows.haveEndedPanes()).isFalse();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    windows.writeTo(new DataOutputStream(bytes));
    underWay = bytes.toByteArray();
  }

  public void read(Windows windows) throws IOException {
    readChanged(windows);
    assertThat(windows.haveEndedPanes()).isFalse();
  }

  /** Reads into windows of other series or of other lengths. */
  void readChanged(Windows windows) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(underWay));
    windows.readFrom(in, this);
    assertThat(in.available()).isZero();
  }
}
