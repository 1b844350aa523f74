package io.bonito.languages

import io.bonito.async.AsyncConnection
import io.bonito.async.AsyncException
import io.bonito.protocol.option.ConnectionOptions
import io.bonito.protocol.option.Options
import io.bonito.testkit.server.Server
import io.netty.channel.nio.NioEventLoopGroup
import java.math.BigDecimal
import java.time.Duration
import java.util.concurrent.TimeUnit
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.buffer
import kotlinx.coroutines.flow.count
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.future.await
import kotlinx.coroutines.jdk9.asFlow
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Tag
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.MethodSource

private const val SERVERS = "io.bonito.testkit.server.Servers#selected"

private val dear = BigDecimal("9.50")

/** What coroutines make of the async API's stages and publishers. */
@Tag("server")
class KotlinTest {
  companion object {
    private val loops = NioEventLoopGroup(1)

    @JvmStatic
    @AfterAll
    fun end() {
      loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly()
    }
  }

  /** A connection whose schema has a table of goods, for as long as the test takes. */
  private fun shop(server: Server, test: suspend (AsyncConnection) -> Unit) = runBlocking {
    withTimeout(120.seconds) {
      val options =
          ConnectionOptions.builder()
              .set(Options.HOST, server.host())
              .set(Options.PORT, server.port())
              .set(Options.USER, server.user())
              .set(Options.CONNECT_TIMEOUT, Duration.ofMinutes(1))
              .set(Options.DATABASE, server.freshSchema(KotlinTest::class.java))
              .build()
      val connection = AsyncConnection.connect(options, loops).await()
      try {
        connection
            .query(
                "CREATE TABLE goods (id BIGINT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(50) UNIQUE," +
                    " price DECIMAL(10,2)) ENGINE=InnoDB")
            .run()
            .await()
        test(connection)
      } finally {
        connection.close().await()
      }
    }
  }

  private fun running(server: Server, sql: String): Boolean =
      server.admin().use { admin ->
        admin
            .query("SELECT ID FROM information_schema.PROCESSLIST WHERE INFO = '$sql'")
            .isNotEmpty()
      }

  private suspend fun awaitRunning(server: Server, sql: String) {
    while (!running(server, sql)) {
      delay(2.milliseconds)
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  fun `a list is awaited, with null where SQL has NULL`(server: Server) =
      shop(server) { connection ->
        assertThat(connection.addGood("tea", BigDecimal("2.50"))).isEqualTo(1)
        connection.addGood("coffee", dear)
        connection.addGood("a walk", null)
        assertThat(connection.goodsBelow(dear)).containsExactly(Good(1, "tea", BigDecimal("2.50")))
        assertThat(connection.allGoods().toList().last()).isEqualTo(Good(3, "a walk", null))
      }

  @ParameterizedTest
  @MethodSource(SERVERS)
  fun `what the server refuses is thrown where it is awaited`(server: Server) =
      shop(server) { connection ->
        connection.addGood("tea", null)
        val refused = assertThrows<AsyncException> { connection.addGood("tea", null) }
        assertThat(refused.sqlState()).isEqualTo("23000")
        assertThat(refused.vendorCode()).isEqualTo(1062)
      }

  @ParameterizedTest
  @MethodSource(SERVERS)
  fun `a flow that takes three reads no more than its buffer and leaves the connection usable`(
      server: Server
  ) =
      shop(server) { connection ->
        connection
            .query(
                "INSERT INTO goods (name) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1" +
                    " FROM n WHERE i < 1000) SELECT i FROM n")
            .run()
            .await()
        var mapped = 0
        val names =
            connection
                .query("SELECT name FROM goods ORDER BY id")
                .publish { row -> row.getString(0)!!.also { mapped++ } }
                .asFlow()
                .buffer(2)
                .take(3)
                .toList()
        assertThat(names).containsExactly("1", "2", "3")
        assertThat(connection.allGoods().buffer(10).count()).isEqualTo(1000)
        assertThat(mapped).isBetween(3, 5)
      }

  @ParameterizedTest
  @MethodSource(SERVERS)
  fun `a transaction commits where its work ends and rolls back where that fails`(server: Server) =
      shop(server) { connection ->
        val id = connection.transaction { addGood("tea", dear) }
        assertThat(id).isEqualTo(1)
        val failure =
            assertThrows<IllegalStateException> {
              connection.transaction {
                addGood("coffee", dear)
                error("sold out")
              }
            }
        assertThat(failure).hasMessage("sold out")
        assertThat(connection.inTransaction()).isFalse()
        assertThat(connection.allGoods().toList()).containsExactly(Good(1, "tea", dear))
      }

  @ParameterizedTest
  @MethodSource(SERVERS)
  fun `a cancelled coroutine ends its statement on the server and leaves the connection usable`(
      server: Server
  ) =
      shop(server) { connection ->
        coroutineScope {
          val waiting = launch { connection.query("SELECT SLEEP(1000)").run().await() }
          awaitRunning(server, "SELECT SLEEP(1000)")
          waiting.cancelAndJoin()
        }
        connection.requireUsable()
        assertThat(running(server, "SELECT SLEEP(1000)")).isFalse()
      }

  @ParameterizedTest
  @MethodSource(SERVERS)
  fun `a timeout ends the statement on the server and leaves the connection usable`(
      server: Server
  ) =
      shop(server) { connection ->
        assertThrows<TimeoutCancellationException> {
          withTimeout(300.milliseconds) { connection.query("SELECT SLEEP(1001)").run().await() }
        }
        connection.requireUsable()
        assertThat(running(server, "SELECT SLEEP(1001)")).isFalse()
      }

  @ParameterizedTest
  @MethodSource(SERVERS)
  fun `a transaction that is cancelled is rolled back`(server: Server) =
      shop(server) { connection ->
        coroutineScope {
          val adding = launch {
            connection.transaction {
              addGood("tea", dear)
              query("SELECT SLEEP(1002)").run().await()
            }
          }
          awaitRunning(server, "SELECT SLEEP(1002)")
          adding.cancelAndJoin()
        }
        assertThat(connection.allGoods().toList()).isEmpty()
        assertThat(connection.inTransaction()).isFalse()
      }

  private suspend fun AsyncConnection.requireUsable() {
    assertThat(query("SELECT 7").list { it.getInt(0) }.await()).containsExactly(7)
  }
}
