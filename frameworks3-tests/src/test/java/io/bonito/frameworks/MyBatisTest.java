package io.bonito.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Options;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.apache.ibatis.cursor.Cursor;
import org.apache.ibatis.executor.BatchResult;
import org.apache.ibatis.mapping.StatementType;
import org.apache.ibatis.session.ExecutorType;
import org.apache.ibatis.session.RowBounds;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("server")
class MyBatisTest {
  /** What a row becomes; MyBatis fills it in. */
  static class Good {
    Long id;
    String name;
    BigDecimal price;
    LocalDateTime since;
    LocalDate day;
    Boolean fits;
    byte[] picture;

    Good() {}

    Good(String name, String price) {
      this.name = name;
      this.price = new BigDecimal(price);
    }
  }

  /** The statements. */
  interface Goods {
    @Insert(
        "INSERT INTO goods (name, price, since, day, fits, picture)"
            + " VALUES (#{name}, #{price}, #{since}, #{day}, #{fits}, #{picture})")
    @Options(useGeneratedKeys = true, keyProperty = "id")
    int add(Good good);

    @Insert(
        "<script>INSERT INTO goods (name, price) VALUES <foreach collection='goods' item='good'"
            + " separator=','>(#{good.name}, #{good.price})</foreach></script>")
    @Options(useGeneratedKeys = true, keyProperty = "goods.id")
    int addAll(@Param("goods") List<Good> goods);

    @Select("SELECT * FROM goods WHERE id = #{id}")
    Good find(long id);

    @Select("SELECT * FROM goods ORDER BY id")
    List<Good> page(RowBounds bounds);

    @Select("SELECT * FROM goods ORDER BY id")
    @Options(fetchSize = 5)
    Cursor<Good> all();

    @Update(
        "UPDATE goods SET price = #{price}, version = version + 1 WHERE id = #{id} AND version = #{version}")
    int price(
        @Param("id") long id, @Param("version") int version, @Param("price") BigDecimal price);

    @Select(
        "{CALL reckon(#{a,mode=IN,jdbcType=INTEGER}, #{b,mode=INOUT,jdbcType=DECIMAL,javaType=java.math.BigDecimal},"
            + " #{c,mode=OUT,jdbcType=VARCHAR,javaType=String})}")
    @Options(statementType = StatementType.CALLABLE)
    Integer reckon(Map<String, Object> parameters);
  }

  static Stream<Way> ways() {
    return Way.all();
  }

  static Stream<Way> bonito() {
    return Way.bonito();
  }

  private static SqlSessionFactory shop(Way way) throws Exception {
    Database database = way.freshDatabase(MyBatisTest.class);
    String xml =
        Page.text("MyBatis", database)
            .replace("&", "&amp;")
            .replace("\"app\"", '"' + database.user() + '"');
    SqlSessionFactory factory = new SqlSessionFactoryBuilder().build(new StringReader(xml));
    factory.getConfiguration().addMapper(Goods.class);
    try (var connection = database.connect();
        var statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE goods (id BIGINT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(50), price"
              + " DECIMAL(10,2), since DATETIME(6), day DATE, fits BIT(1), picture BLOB, version INT"
              + " DEFAULT 1)");
      statement.execute(
          "CREATE PROCEDURE reckon (IN a INT, INOUT b DECIMAL(10,2), OUT c VARCHAR(20)) BEGIN"
              + " SELECT a; SET c = CONCAT(a, '+', b); SET b = a + b; END");
    }
    return factory;
  }

  @ParameterizedTest
  @MethodSource("ways")
  void mapsRowsWithTheKeysThatTheServerMade(Way way) throws Exception {
    Good nail = new Good("nail", "2.50");
    nail.since = LocalDateTime.of(2026, 3, 29, 2, 30, 0, 123_456_000);
    nail.day = LocalDate.of(2026, 3, 29);
    nail.fits = true;
    nail.picture = new byte[] {0, -1, 92, 39};
    try (SqlSession session = shop(way).openSession(true)) {
      Goods goods = session.getMapper(Goods.class);
      assertThat(goods.add(nail)).isEqualTo(1);
      assertThat(nail.id).isEqualTo(1);
      assertThat(goods.find(1)).usingRecursiveComparison().isEqualTo(nail);
      assertThat(goods.add(new Good("board", "3.00"))).isEqualTo(1);
      assertThat(goods.find(2).since).isNull();
    }
  }

  /** MariaDB Connector/J gives the first one only. */
  @ParameterizedTest
  @MethodSource("bonito")
  void fillsInTheKeysOfSeveralRowsInOneStatement(Way way) throws Exception {
    List<Good> goods = List.of(new Good("a", "1.00"), new Good("b", "2.00"), new Good("c", "3.00"));
    try (SqlSession session = shop(way).openSession()) {
      Goods mapped = session.getMapper(Goods.class);
      assertThat(mapped.addAll(goods)).isEqualTo(3);
      for (Good good : goods) {
        assertThat(mapped.find(good.id).name).isEqualTo(good.name);
      }
      session.commit();
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void insertsInABatchAndReadsPagesAndACursor(Way way) throws Exception {
    SqlSessionFactory shop = shop(way);
    try (SqlSession session = shop.openSession(ExecutorType.BATCH)) {
      Goods goods = session.getMapper(Goods.class);
      Good last = null;
      for (int i = 0; i < 60; i++) {
        last = new Good("good " + i, "1.00");
        goods.add(last);
      }
      List<BatchResult> results = session.flushStatements();
      assertThat(results).hasSize(1);
      assertThat(results.get(0).getUpdateCounts()).hasSize(60).containsOnly(1);
      assertThat(last.id).isEqualTo(60);
      session.commit();
    }
    try (SqlSession session = shop.openSession()) {
      Goods goods = session.getMapper(Goods.class);
      assertThat(goods.page(new RowBounds(50, 5)))
          .extracting(good -> good.id)
          .containsExactly(51L, 52L, 53L, 54L, 55L);
      int read = 0;
      try (Cursor<Good> all = goods.all()) {
        for (Good good : all) {
          assertThat(good.id).isEqualTo(++read);
        }
      }
      assertThat(read).isEqualTo(60);
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void theSecondOfTwoWhoChangeTheSameChangesNothing(Way way) throws Exception {
    try (SqlSession session = shop(way).openSession(true)) {
      Goods goods = session.getMapper(Goods.class);
      goods.add(new Good("nail", "1.00"));
      assertThat(goods.price(1, 1, BigDecimal.ONE)).isEqualTo(1);
      assertThat(goods.price(1, 1, BigDecimal.TEN)).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void callsAProcedure(Way way) throws Exception {
    try (SqlSession session = shop(way).openSession(true)) {
      Map<String, Object> parameters = new HashMap<>(Map.of("a", 3, "b", new BigDecimal("4.25")));
      assertThat(session.getMapper(Goods.class).reckon(parameters)).isEqualTo(3);
      assertThat(parameters)
          .containsEntry("b", new BigDecimal("7.25"))
          .containsEntry("c", "3+4.25");
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void knowsTheServerByItsProductName(Way way) throws Exception {
    try (SqlSession session = shop(way).openSession(true)) {
      String id = session.getConfiguration().getDatabaseId();
      assertThat(id).isEqualTo(way.isMariaDb() ? "mariadb" : "mysql");
    }
  }
}
