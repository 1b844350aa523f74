package io.bonito.jdbc;

import java.sql.DatabaseMetaData;

/**
 * Numbers and words: how long and how many, and what things are called.
 *
 * <p>0 is java.sql's word for "no limit, or not known".
 */
interface ServerLimits extends ServerBehaviour {
  int LONGEST_NAME = 64;

  // ---- lengths

  @Override
  default int getMaxCatalogNameLength() {
    return LONGEST_NAME;
  }

  @Override
  default int getMaxTableNameLength() {
    return LONGEST_NAME;
  }

  @Override
  default int getMaxColumnNameLength() {
    return LONGEST_NAME;
  }

  @Override
  default int getMaxProcedureNameLength() {
    return LONGEST_NAME;
  }

  @Override
  default int getMaxCursorNameLength() {
    return LONGEST_NAME;
  }

  // There are none.
  @Override
  default int getMaxSchemaNameLength() {
    return 0;
  }

  @Override
  default int getMaxUserNameLength() {
    return connection().taken().state().server().mariaDb() ? 128 : 32;
  }

  // Bytes, in a table of InnoDB with dynamic rows.
  @Override
  default int getMaxIndexLength() {
    return 3072;
  }

  @Override
  default int getMaxRowSize() {
    return 65_535;
  }

  @Override
  default boolean doesMaxRowSizeIncludeBlobs() {
    return false;
  }

  @Override
  default int getMaxStatementLength() {
    return (int) Math.min(connection().taken().profile().maxAllowedPacket(), Integer.MAX_VALUE);
  }

  @Override
  default int getMaxBinaryLiteralLength() {
    return 0;
  }

  @Override
  default int getMaxCharLiteralLength() {
    return 0;
  }

  // LONGBLOB and LONGTEXT have lengths of 32 bits.
  @Override
  default long getMaxLogicalLobSize() {
    return 0xFFFF_FFFFL;
  }

  // ---- counts

  @Override
  default int getMaxColumnsInTable() {
    return 4096;
  }

  @Override
  default int getMaxColumnsInIndex() {
    return connection().taken().state().server().mariaDb() ? 32 : 16;
  }

  @Override
  default int getMaxColumnsInSelect() {
    return 4096;
  }

  @Override
  default int getMaxColumnsInGroupBy() {
    return 0;
  }

  @Override
  default int getMaxColumnsInOrderBy() {
    return 0;
  }

  @Override
  default int getMaxTablesInSelect() {
    return 61;
  }

  @Override
  default int getMaxConnections() {
    return 0;
  }

  @Override
  default int getMaxStatements() {
    return 0;
  }

  // ---- words

  @Override
  default String getCatalogTerm() {
    return "database";
  }

  @Override
  default boolean isCatalogAtStart() {
    return true;
  }

  @Override
  default String getCatalogSeparator() {
    return ".";
  }

  // The servers have one of the two, and the application has chosen its name.
  @Override
  default String getSchemaTerm() {
    return CatalogSql.hasCatalogs(connection()) ? "" : "schema";
  }

  @Override
  default String getProcedureTerm() {
    return "procedure";
  }

  // In every sql_mode; double quotes only in some.
  @Override
  default String getIdentifierQuoteString() {
    return "`";
  }

  @Override
  default String getExtraNameCharacters() {
    return "$";
  }

  @Override
  default String getSearchStringEscape() {
    return "\\";
  }

  @Override
  default int getSQLStateType() {
    return DatabaseMetaData.sqlStateSQL;
  }

  // ---- functions that the escape {fn ...} may call, by JDBC's list

  @Override
  default String getNumericFunctions() {
    return "ABS,ACOS,ASIN,ATAN,ATAN2,CEILING,COS,COT,DEGREES,EXP,FLOOR,LOG,"
        + "LOG10,MOD,PI,POWER,RADIANS,RAND,ROUND,SIGN,SIN,SQRT,TAN,TRUNCATE";
  }

  @Override
  default String getStringFunctions() {
    return "ASCII,CHAR,CHAR_LENGTH,CHARACTER_LENGTH,CONCAT,INSERT,LCASE,LEFT,"
        + "LENGTH,LOCATE,LTRIM,OCTET_LENGTH,POSITION,REPEAT,REPLACE,RIGHT,"
        + "RTRIM,SOUNDEX,SPACE,SUBSTRING,UCASE";
  }

  @Override
  default String getSystemFunctions() {
    return "DATABASE,IFNULL,USER";
  }

  @Override
  default String getTimeDateFunctions() {
    return "CURRENT_DATE,CURRENT_TIME,CURRENT_TIMESTAMP,CURDATE,CURTIME,DAYNAME,"
        + "DAYOFMONTH,DAYOFWEEK,DAYOFYEAR,EXTRACT,HOUR,MINUTE,MONTH,MONTHNAME,"
        + "NOW,QUARTER,SECOND,TIMESTAMPADD,TIMESTAMPDIFF,WEEK,YEAR";
  }
}
