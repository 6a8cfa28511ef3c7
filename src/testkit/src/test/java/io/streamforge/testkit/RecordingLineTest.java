package io.streamforge.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.topic.RawRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordingLineTest {
  private static final Path FILE = Path.of("some.jsonl");
  private static final long TIME_US = 1_723_161_254_087_896L;
  private static final byte[] BYTES = {10, 4, (byte) 0xff, 1};

  private static RawMessage read(String line) throws IOException {
    return RecordingLine.read(line.replace('\'', '"'), FILE, 3);
  }

  private static String write(RawMessage message) {
    return new String(RecordingLine.write(message), StandardCharsets.UTF_8).replace('"', '\'');
  }

  /** The form of the recordings that there were before. */
  @Test
  void aMessageThatIsText() throws Exception {
    String line =
        "{'topic':'raw-trades','key':'X','venue':'acme','receive_time_us':1723161254087896,'value':'ä\\u0000'}";
    RawMessage message = read(line);
    assertThat(message).isEqualTo(new RawMessage("raw-trades", "X", "acme", TIME_US, "ä\0"));
    assertThat(write(message)).isEqualTo(line);
  }

  @Test
  void aMessageThatIsNoText() throws Exception {
    String line =
        "{'topic':'raw-trades','key':null,'venue':null,'receive_time_us':1723161254087896,'value_base64':'CgT/AQ=='}";
    RawMessage message = read(line);
    assertThat(message).isEqualTo(RawMessage.binary("raw-trades", null, null, TIME_US, BYTES));
    assertThat(message.bytes()).isEqualTo(BYTES);
    assertThat(write(message)).isEqualTo(line);
  }

  @Test
  void aControlRecord() throws Exception {
    String line =
        "{'topic':'raw-orderbooks','key':'X','venue':'acme','receive_time_us':1723161254087896,'event':'disconnected','connection':'a-1'}";
    RawMessage message = read(line);
    assertThat(message)
        .isEqualTo(RawMessage.disconnected("raw-orderbooks", "X", "acme", "a-1", TIME_US));
    assertThat(message.bytes()).isNull();
    assertThat(write(message)).isEqualTo(line);
    assertThat(read(line.replace("'event'", "'value':null,'event'"))).isEqualTo(message);
  }

  @Test
  void headers() throws Exception {
    String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    String line =
        "{'topic':'raw-trades','key':'X','venue':'acme','receive_time_us':1723161254087896,'value':'{}','connection':'a','headers':{'b':'','traceparent':'%s'}}"
            .formatted(trace);
    RawMessage message = read(line);
    assertThat(write(message)).isEqualTo(line);
    assertThat(message.allHeaders())
        .isEqualTo(Map.of("venue", "acme", "connection", "a", "b", "", "traceparent", trace));
    RawRecord record = message.record(2, 7, "other");
    assertThat(record.traceparent()).isEqualTo(trace);
    assertThat(record.session()).isEqualTo(RawRecord.sessionOf(new byte[] {'a'}));
    assertThat(List.of(record.venue(), record.partition(), record.offset()))
        .isEqualTo(List.of("acme", 2, 7L));
  }

  @ParameterizedTest
  @CsvSource({
    "1723161254087, ': 1723161254087000 if these are milliseconds'",
    "1723161254, ': 1723161254000000 if these are seconds'",
    "1723161254087896123, ': 1723161254087896 if these are nanoseconds'",
    "-1, ''",
    "0, ''"
  })
  void aReceiveTimeInAnotherUnit(String time, String instead) {
    assertThatThrownBy(
            () ->
                read(
                    "{'topic':'raw-trades','key':'X','venue':'acme','receive_time_us':%s,'value':''}"
                        .formatted(time)))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "some.jsonl line 3 has receive_time_us %s; it must be microseconds since the epoch, of 16 digits%s"
                .formatted(time, instead));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "not json | is no JSON: Unrecognized token 'not'",
        "[] | is no JSON object",
        "{'topic':'t','receive_time_us':1723161254087896} | must have one of value, value_base64 and event",
        "{'topic':'t','receive_time_us':1723161254087896,'value':'a','event':'b'} | must have one of",
        "{'topic':'t','receive_time_us':1723161254087896,'value':'a','value_base64':'YQ=='} | must have one of",
        "{'topic':'t','receive_time_us':1723161254087896,'value_base64':'a=b'} | has a value_base64 that is none",
        "{'topic':'t','receive_time_us':1723161254087896,'value':{'a':1}} | has a value that is no text: {'a':1}",
        "{'topic':'t','receive_time_us':1723161254087896.5,'value':''} | it must be a whole number of microseconds",
        "{'topic':'t','value':''} | has no receive_time_us",
        "{'receive_time_us':1723161254087896,'value':''} | has no topic",
        "{'topic':'t','receive_time_us':1723161254087896,'value':'','conection':'a'} | has a field 'conection', must be",
        "{'topic':'t','receive_time_us':1723161254087896,'value':'','conection':'a'} | ; the nearest is connection",
        "\u001b[31m | is no JSON: ",
        "{'topic':'t','receive_time_us':1723161254087896,'value':'','headers':{'a':null}} | has a header a that is null"
      })
  void aLineThatIsNone(String line, String message) {
    assertThatThrownBy(() -> read(line))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("some.jsonl line 3 ")
        .satisfies(e -> assertThat(e.getMessage().replace('"', '\'')).contains(message))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContainPattern("\\p{Cc}"));
  }
}
