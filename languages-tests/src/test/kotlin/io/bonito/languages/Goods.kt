package io.bonito.languages

import io.bonito.async.AsyncConnection
import io.bonito.protocol.row.Row
import java.math.BigDecimal
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.future.await
import kotlinx.coroutines.future.future
import kotlinx.coroutines.jdk9.asFlow
import kotlinx.coroutines.supervisorScope

data class Good(val id: Long, val name: String, val price: BigDecimal?)

private fun good(row: Row) = Good(row.getLong(0), row.getString(1)!!, row.getBigDecimal(2))

/** All at once; the coroutine waits, its thread does not. */
suspend fun AsyncConnection.goodsBelow(price: BigDecimal): List<Good> =
    query("SELECT id, name, price FROM goods WHERE price < ? ORDER BY id", price).list(::good).await()

/** As they are collected: the server is asked for no more than the flow's buffer has room for. */
fun AsyncConnection.allGoods(): Flow<Good> =
    query("SELECT id, name, price FROM goods ORDER BY id").publish(::good).asFlow()

suspend fun AsyncConnection.addGood(name: String, price: BigDecimal?): Long =
    query("INSERT INTO goods (name, price) VALUES (?, ?)", name, price).run().await().insertId()

/** Commits where the work ends well; rolls back where it fails or is cancelled. */
suspend fun <T> AsyncConnection.transaction(work: suspend AsyncConnection.() -> T): T =
    supervisorScope {
      inTransaction { connection -> future { connection.work() } }.await()
    }
