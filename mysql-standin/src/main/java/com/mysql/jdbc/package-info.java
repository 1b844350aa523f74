/** The oldest of the names. Nothing else is here. */
@NullMarked
package com.mysql.jdbc;

import org.jspecify.annotations.NullMarked;
