package io.bonito.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.protocol.sql.SqlRules;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class MarkersTest {
  private static Markers of(String sql) {
    return Markers.of(sql, SqlRules.DEFAULT);
  }

  @Test
  void questionMarksStayAsTheyAre() {
    Markers markers = of("SELECT ?, '?', \"?\", `?` /* ? */ FROM t WHERE a = ? -- ?");
    assertThat(markers.sql())
        .isEqualTo("SELECT ?, '?', \"?\", `?` /* ? */ FROM t WHERE a = ? -- ?");
    assertThat(markers.count()).isEqualTo(2);
    assertThatThrownBy(() -> markers.indexOf("a")).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void namesBecomeQuestionMarksAndMayAppearAgain() {
    Markers markers = of("SELECT :a, ?b, :a, ':c', ':d' 'x:e'");
    assertThat(markers.sql()).isEqualTo("SELECT ?, ?, ?, ':c', ':d' 'x:e'");
    assertThat(markers.count()).isEqualTo(2);
    assertThat(markers.placeCount()).isEqualTo(3);
    assertThat(markers.valueOf(2)).isEqualTo(markers.indexOf("a"));
    assertThat(markers.indexOf("?b")).isEqualTo(1);
  }

  @Test
  void assignmentsAndLabelsAreNoNames() {
    String sql = "SET @a := 1; done:LOOP LEAVE done; END LOOP; SELECT 1 : 2";
    Markers markers = of(sql);
    assertThat(markers.sql()).isEqualTo(sql);
    assertThat(markers.count()).isZero();
  }

  @Test
  void aTextIsScannedOnceHoweverOftenItIsGivenAndOthersDoNotPileUp() {
    MarkersCache cache = new MarkersCache();
    Markers first = cache.get("SELECT :a", SqlRules.DEFAULT);
    assertThat(cache.get("SELECT :a", SqlRules.DEFAULT)).isSameAs(first);
    for (int i = 0; i < 1000; i++) {
      assertThat(cache.get("SELECT :a, " + i, SqlRules.DEFAULT).sql()).isEqualTo("SELECT ?, " + i);
    }
    Markers again = cache.get("SELECT :a", SqlRules.DEFAULT);
    assertThat(again).isNotSameAs(first);
    assertThat(again.sql()).isEqualTo("SELECT ?");
  }
}
