package io.bonito.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class ConfiguredDataSourceTest {
  @Test
  void aSetterPrevailsOverTheUrlWhicheverIsCalledFirst() throws SQLException {
    BonitoDataSource before = new BonitoDataSource();
    before.setLoginTimeout(7);
    before.setUrl("jdbc:bonito://db/shop?connectTimeout=9000");
    BonitoDataSource after = new BonitoDataSource("jdbc:bonito://db/shop?connectTimeout=9000");
    assertThat(after.getLoginTimeout()).isEqualTo(9);
    after.setLoginTimeout(7);
    assertThat(before.getLoginTimeout()).isEqualTo(7);
    assertThat(after.getLoginTimeout()).isEqualTo(7);
  }

  @Test
  void nothingIsLeftOfAnEarlierUrl() throws SQLException {
    BonitoDataSource source = new BonitoDataSource("jdbc:bonito://db/shop?connectTimeout=9000");
    source.setUrl("jdbc:bonito://db/shop?connectTimeout=8000");
    assertThat(source.getLoginTimeout()).isEqualTo(8);
    assertThat(source.getUrl()).isEqualTo("jdbc:bonito://db:3306/shop?connectTimeout=8000");
  }
}
