package io.streamforge.loader.net;

import java.net.URI;
import java.util.function.Consumer;

/** Opens WebSockets, and makes requests. All answers come by the executor that it was given. */
public interface Network {
  /** Opens a WebSocket; returns at once. */
  void open(URI address, SocketListener listener);

  /** Makes a GET request; returns at once. */
  void get(URI address, Consumer<Answer> then);

  /**
   * What a request came to.
   *
   * @param status HTTP's, 0 if no answer came
   * @param body null if no answer came
   * @param retryAfterSeconds of the header {@code Retry-After}, 0 without one
   * @param usedWeight of the header {@code x-mbx-used-weight-1m}, 0 without one
   * @param failure why no answer came; null if one did
   */
  record Answer(int status, byte[] body, long retryAfterSeconds, long usedWeight, String failure) {}
}
