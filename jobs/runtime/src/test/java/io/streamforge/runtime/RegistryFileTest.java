package io.streamforge.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.market.Instrument;
import io.streamforge.market.InstrumentRegistry;
import io.streamforge.market.InstrumentSpec;
import io.streamforge.market.InstrumentSpec.Kind;
import io.streamforge.settings.SettingsException;
import io.streamforge.testkit.RecordingFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryFileTest {
  @TempDir Path folder;

  private InstrumentRegistry read(String json) throws IOException {
    return RegistryFile.read(Files.writeString(folder.resolve("instruments.json"), json));
  }

  @Test
  void ratesAreOfTheQuote() throws IOException {
    InstrumentRegistry registry =
        read(
            """
            {"rates": {"EUR": 1.1, "USD": 1},
             "instruments": {
               "kraken:DASH/EUR": {"base": "DASH", "quote": "EUR"},
               "okx:UNI-USD-SWAP": {
                 "base": "UNI", "quote": "USD", "kind": "inverse", "contract_size": 10},
               "binance-us:ETHBTC": {"base": "ETH", "quote": "BTC"}}}
            """);
    assertThat(registry.of(new Instrument("kraken", "DASH/EUR")))
        .isEqualTo(new InstrumentSpec("DASH", "EUR", Kind.SPOT, 1, 1.1));
    assertThat(registry.of(new Instrument("okx", "UNI-USD-SWAP")))
        .isEqualTo(new InstrumentSpec("UNI", "USD", Kind.INVERSE, 10, 1));
    assertThat(registry.of(new Instrument("binance-us", "ETHBTC")))
        .isEqualTo(new InstrumentSpec("ETH", "BTC", Kind.SPOT, 1, Double.NaN));
  }

  @Test
  void aRateFromAnInstrumentMakesThatOfTheQuoteNominal() throws IOException {
    InstrumentRegistry registry =
        read(
            """
            {"rates": {"EUR": 1.1, "BTC": 60000},
             "instruments": {
               "kraken:ALGO/XBT": {"base": "ALGO", "quote": "BTC", "rate_from": "kraken:XBT/EUR"},
               "kraken:XBT/EUR": {"base": "BTC", "quote": "EUR"},
               "bitstamp:xrpbtc": {"base": "XRP", "quote": "BTC", "price_increment": 0.5}}}
            """);
    assertThat(registry.of("kraken:ALGO/XBT"))
        .isEqualTo(
            new InstrumentSpec("ALGO", "BTC", Kind.SPOT, 1, 60_000, "kraken:XBT/EUR", Double.NaN));
    assertThat(registry.of("bitstamp:xrpbtc"))
        .isEqualTo(new InstrumentSpec("XRP", "BTC", Kind.SPOT, 1, 60_000, null, 0.5));
    assertThat(registry.rateInstruments()).containsExactly("kraken:XBT/EUR");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "not listed|v:x",
        "itself|v:a",
        "one that has a rate_from|v:b",
        "one of another base|v:eth",
        "one whose quote has no rate|v:yen",
        "an option|v:option",
        "no id|''"
      })
  void aRateComesFromAnInstrumentOfTheQuoteWithAFixedRate(String what, String from) {
    String json =
        """
        {"rates": {"USD": 1, "BTC": 60000},
         "instruments": {
           "v:a": {"base": "A", "quote": "BTC", "rate_from": "%s"},
           "v:b": {"base": "BTC", "quote": "BTC", "rate_from": "v:btc"},
           "v:btc": {"base": "BTC", "quote": "USD"},
           "v:eth": {"base": "ETH", "quote": "USD"},
           "v:yen": {"base": "BTC", "quote": "JPY"},
           "v:option": {"base": "BTC", "quote": "USD", "kind": "option", "contract_size": 1}}}
        """;
    assertThatThrownBy(() -> read(json.formatted(from)))
        .as(what)
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "instruments.registry %s: rate_from of v:a is %s, but must be a listed instrument, no option, with the base BTC and a quote of a fixed rate",
            folder.resolve("instruments.json"), from);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"rates\": {}}|Missing required creator property 'instruments'",
        "{\"rates\": {\"EUR\": -1}, \"instruments\": {}}|rate of EUR is missing or cannot be",
        "{\"rates\": {\"EUR\": \"x\"}, \"instruments\": {}}|Cannot deserialize value of type",
        "{\"rates\": {\"EUR\": 1, \"EUR\": 2}, \"instruments\": {}}|Duplicate field 'EUR' in line 1",
        "{\"rates\": {}, \"instruments\": {\"BTC\": {\"base\": \"B\", \"quote\": \"Q\"}}}|not venue:symbol: BTC",
        "{\"rates\": {}, \"instruments\": {\"v:s\": {\"base\": \"B\"}}}|Missing required creator property 'quote'",
        "{\"rates\": {}, \"instruments\": {\"v:s\": {\"base\": \"B\", \"quote\": \"Q\", \"kind\": \"x\"}}}|Cannot deserialize value of type",
        "{\"rates\": {}, \"instruments\": {\"v:s\": {\"base\": \"B\", \"quote\": \"Q\", \"size\": 1}}}|Unrecognized field \"size\"",
        "{\"rates\": {}, \"instruments\": {\"v:s\": {\"base\": \"B\", \"quote\": \"Q\", \"contract_size\": 2}}}|contract_size of a spot market, v:s is missing or cannot be",
        "{\"rates\": {}, \"instruments\": {\"v:s\": {\"base\": \"B\", \"quote\": \"Q\", \"price_increment\": 0}}}|price_increment of v:s is missing or cannot be",
        "{\"rates\": {\"USD\": 1}, \"instruments\": {\"v:s\": {\"base\": \"A\", \"quote\": \"BTC\", \"rate_from\": \"v:btc\"}, \"v:btc\": {\"base\": \"BTC\", \"quote\": \"USD\"}}}|rate of BTC, nominal where v:s has a rate_from, is missing or cannot be",
        "{\"rates\": {}|Unexpected end-of-input",
      })
  void whatIsWrongIsSaidInOneLineWithTheFile(String json, String why) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("instruments.registry " + folder.resolve("instruments.json") + ": ")
        .hasMessageContaining(why)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> RegistryFile.read(folder.resolve("none.json")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("none.json: no such file or folder");
  }

  /** The file that comes with the recordings. */
  @ParameterizedTest
  @ValueSource(strings = {"okx-10", "kraken-v1-10", "bitstamp-10", "binance-us-10", "gemini-10"})
  void theRecordedInstrumentsAreListed(String recording) throws IOException {
    InstrumentRegistry registry = RegistryFile.read(Path.of("../../recordings/instruments.json"));
    assertThat(RecordingFile.read(recording))
        .allSatisfy(
            record ->
                assertThat(registry.of(new Instrument(record.venue(), record.key())).base())
                    .as(record.key())
                    .isNotNull());
  }
}
