package io.bonito.protocol.value;

/** How a row's values are written: as text after COM_QUERY, as binary after COM_STMT_EXECUTE. */
public enum WireFormat {
  TEXT,
  BINARY
}
