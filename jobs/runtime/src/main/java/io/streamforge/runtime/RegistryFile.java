package io.streamforge.runtime;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.streamforge.market.Instrument;
import io.streamforge.market.InstrumentRegistry;
import io.streamforge.market.InstrumentSpec;
import io.streamforge.settings.FileFault;
import io.streamforge.settings.SettingKey;
import io.streamforge.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The file of {@code instruments.registry}: JSON with what a unit of each quote currency is worth
 * in the reference currency, and the instruments.
 *
 * <pre>{@code
 * {"rates": {"USD": 1, "EUR": 1.1, "BTC": 60000},
 *  "instruments": {
 *    "kraken:DASH/EUR": {"base": "DASH", "quote": "EUR"},
 *    "okx:UNI-USD-SWAP": {"base": "UNI", "quote": "USD", "kind": "inverse", "contract_size": 10},
 *    "kraken:XBT/USD": {"base": "BTC", "quote": "USD"},
 *    "kraken:ALGO/XBT": {"base": "ALGO", "quote": "BTC", "rate_from": "kraken:XBT/USD"}}}
 * }</pre>
 *
 * {@code kind} is spot, linear, inverse or option; what is left out is spot and 1. A quote without
 * a rate has none: what needs it is null. {@code rate_from} is an instrument whose base is the
 * quote and whose own quote has a fixed rate: its mid is then the rate, and that in {@code rates}
 * nominal. {@code price_increment} is the smallest step of prices; without it the smallest that is
 * seen in the book counts.
 */
final class RegistryFile {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .build();

  private final Map<String, Double> rates;
  private final Map<String, Entry> instruments;

  private record Entry(
      @JsonProperty(required = true) String base,
      @JsonProperty(required = true) String quote,
      InstrumentSpec.Kind kind,
      @JsonProperty("contract_size") Double contractSize,
      @JsonProperty("rate_from") String rateFrom,
      @JsonProperty("price_increment") Double priceIncrement) {}

  @JsonCreator
  private RegistryFile(
      @JsonProperty(value = "rates", required = true) Map<String, Double> rates,
      @JsonProperty(value = "instruments", required = true) Map<String, Entry> instruments) {
    this.rates = rates;
    this.instruments = new TreeMap<>(instruments);
  }

  /**
   * Reads a registry.
   *
   * @throws SettingsException if the file cannot be read or says something that cannot be
   */
  static InstrumentRegistry read(Path file) {
    try {
      return JSON.readValue(Files.readAllBytes(file), RegistryFile.class).registry();
    } catch (JsonProcessingException e) {
      String where = e.getLocation() == null ? "" : " in line " + e.getLocation().getLineNr();
      throw refused(file, e.getOriginalMessage() + where);
    } catch (IOException e) {
      throw refused(file, FileFault.reason(e));
    } catch (IllegalArgumentException e) {
      throw refused(file, e.getMessage());
    }
  }

  private static SettingsException refused(Path file, String why) {
    String key = SettingKey.typed(InstrumentOptions.REGISTRY.key());
    String line = why.lines().findFirst().orElse("");
    return new SettingsException("%s %s: %s".formatted(key, file, line));
  }

  private InstrumentRegistry registry() {
    rates.forEach(
        (currency, rate) ->
            require(rate != null && rate > 0 && rate < 1e12, "rate of " + currency));
    Map<String, InstrumentSpec> specs = new HashMap<>();
    instruments.forEach((id, entry) -> specs.put(Instrument.ofId(id).id(), spec(id, entry)));
    instruments.forEach((id, entry) -> requireRateFrom(id, specs));
    return new InstrumentRegistry(specs);
  }

  private InstrumentSpec spec(String id, Entry entry) {
    require(entry != null && entry.base != null && entry.quote != null, "base and quote of " + id);
    double size = entry.contractSize == null ? 1 : entry.contractSize;
    require(size > 0 && size < 1e12, "contract_size of " + id);
    InstrumentSpec.Kind kind = entry.kind == null ? InstrumentSpec.Kind.SPOT : entry.kind;
    require(kind != InstrumentSpec.Kind.SPOT || size == 1, "contract_size of a spot market, " + id);
    double rate = rates.getOrDefault(entry.quote, Double.NaN);
    require(
        entry.rateFrom == null || rates.containsKey(entry.quote),
        "rate of %s, nominal where %s has a rate_from,".formatted(entry.quote, id));
    double increment = entry.priceIncrement == null ? Double.NaN : entry.priceIncrement;
    require(!(increment <= 0) && !(increment >= 1e12), "price_increment of " + id);
    return new InstrumentSpec(entry.base, entry.quote, kind, size, rate, entry.rateFrom, increment);
  }

  private static void requireRateFrom(String id, Map<String, InstrumentSpec> specs) {
    InstrumentSpec spec = specs.get(id);
    if (spec.hasFixedRate()) {
      return;
    }
    InstrumentSpec from = specs.get(spec.rateFrom());
    boolean known =
        from != null && from.hasFixedRate() && !Double.isNaN(from.referenceRate()); // one step
    if (!known || !from.base().equals(spec.quote()) || from.kind() == InstrumentSpec.Kind.OPTION) {
      throw new IllegalArgumentException(
          "rate_from of %s is %s, but must be a listed instrument, no option, with the base %s and a quote of a fixed rate"
              .formatted(id, spec.rateFrom(), spec.quote()));
    }
  }

  private static void require(boolean right, String what) {
    if (!right) {
      throw new IllegalArgumentException(what + " is missing or cannot be");
    }
  }
}
