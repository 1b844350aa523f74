package io.bonito.r2dbc;

import io.bonito.async.Query;
import io.r2dbc.spi.Type;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One of the statements that a subscription executes.
 *
 * @param sql as messages tell it
 * @param values large ones to be collected before, by their suppliers
 * @param keys null where no generated keys were asked for; else the names of their columns
 * @param oneRow whether it inserts one row, as far as its text tells
 * @param out null where no procedure is called; else the types of the OUT parameters that were
 *     bound
 * @param next what is executed behind it
 */
record Step(
    Query query,
    String sql,
    List<Supplier<CompletableFuture<@Nullable Void>>> values,
    @Nullable List<String> keys,
    boolean oneRow,
    @Nullable List<Type> out,
    @Nullable Step next) {}
