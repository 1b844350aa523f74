/** Bonito under the names of MariaDB Connector/J. Nothing of that driver is here but names. */
@NullMarked
package org.mariadb.jdbc;

import org.jspecify.annotations.NullMarked;
