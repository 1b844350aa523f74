/**
 * SQLAlchemy's five pools, and how others are added. What is lent is not known here: no java.sql.
 */
@NullMarked
package io.bonito.pool.kind;

import org.jspecify.annotations.NullMarked;
