package io.streamforge.cli.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamforge.record.GraphFeaturesRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables of records that somebody else may have written. */
class GraphTablesTest {

  @TempDir Path folder;

  private void write(String name) throws IOException {
    String json =
        """
        {"schema":"graph-features/1","graph":%1$s,"time_us":7000000,"interval_us":1000000,"publish_interval_us":1000000,
         "feature_set":"0123456789ab","num_nodes":2,"available_us":7600000,"num_edges":2,
         "node_ids":[%1$s,"z:Y"],"node_book":[%1$s,"live"],"node_mid":[-1.5,null],
         "feature_names":[%1$s],"x":[[-0.25],[null]],
         "edge_index":[[0,1],[1,0]],"edge_attr_names":[%1$s],
         "edge_attr":[[-0.5],[0.5]],"u_names":[%1$s],"u":[-0.5]}"""
            .formatted(new ObjectMapper().writeValueAsString(name));
    GraphTables.write(GraphFeaturesRecord.read(json.getBytes(StandardCharsets.UTF_8)), folder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "=HYPERLINK(A1) | '=HYPERLINK(A1)",
        "+1+1 | '+1+1",
        "-2+3 | '-2+3",
        "@SUM(A1) | '@SUM(A1)",
        "a:=1 | a:=1",
        "a:-1 | a:-1"
      })
  void noTextIsAFormulaAndNumbersStayNumbers(String name, String cell) throws IOException {
    write(name);
    assertThat(Files.readAllLines(folder.resolve("nodes.csv")))
        .containsExactly("id,book,mid," + cell, cell + "," + cell + ",-1.5,-0.25", "z:Y,live,,");
    assertThat(Files.readAllLines(folder.resolve("edges.csv")))
        .containsExactly("source,target," + cell, cell + ",z:Y,-0.5", "z:Y," + cell + ",0.5");
    assertThat(Files.readAllLines(folder.resolve("graph.csv")))
        .containsExactly("graph,time_us," + cell, cell + ",7000000,-0.5");
  }

  @ParameterizedTest
  @CsvSource({"9", "13"})
  void blanksBeforeAFormulaDoNotHideIt(int blank) throws IOException {
    write((char) blank + "=A1");
    assertThat(Files.readString(folder.resolve("graph.csv"))).contains("'" + (char) blank + "=A1");
  }
}
