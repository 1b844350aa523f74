/** Bonito under the names of MySQL Connector/J. Nothing of that driver is here but names. */
@NullMarked
package com.mysql.cj.jdbc;

import org.jspecify.annotations.NullMarked;
