package io.bonito.jdbc;

/** What can be asked about databases, tables, keys and routines; each question is one query. */
interface CatalogQueries extends TableQueries, KeyQueries, RoutineQueries, FixedQueries {}
