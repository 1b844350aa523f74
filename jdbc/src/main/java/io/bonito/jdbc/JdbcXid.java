package io.bonito.jdbc;

import java.util.Arrays;
import java.util.HexFormat;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;

/** The name of a branch, as the servers write it. */
final class JdbcXid implements Xid {
  private final int formatId;
  private final byte[] globalId;
  private final byte[] qualifier;

  private JdbcXid(int formatId, byte[] globalId, byte[] qualifier) {
    this.formatId = formatId;
    this.globalId = globalId;
    this.qualifier = qualifier;
  }

  /**
   * @throws XAException where the servers could not take it
   */
  static JdbcXid of(Xid xid) throws XAException {
    if (xid instanceof JdbcXid ours) {
      return ours;
    }
    if (xid == null) {
      throw XaErrors.of(XAException.XAER_INVAL, "there is no xid");
    }
    if (xid.getFormatId() < 0) {
      // -1 is X/Open's word for "no branch", and MariaDB takes none of the others.
      throw XaErrors.of(XAException.XAER_INVAL, "a format id of " + xid.getFormatId());
    }
    byte[] globalId = part(xid.getGlobalTransactionId(), MAXGTRIDSIZE, "global transaction id");
    byte[] qualifier = part(xid.getBranchQualifier(), MAXBQUALSIZE, "branch qualifier");
    return new JdbcXid(xid.getFormatId(), globalId, qualifier);
  }

  private static byte[] part(byte[] bytes, int most, String what) throws XAException {
    int size = bytes == null ? 0 : bytes.length;
    if (size > most) {
      throw XaErrors.of(
          XAException.XAER_INVAL, "a " + what + " of " + size + " bytes, " + most + " at most");
    }
    return bytes == null ? new byte[0] : bytes.clone();
  }

  /**
   * From a row of XA RECOVER.
   *
   * @param data the two parts, one behind the other
   * @throws XAException where the lengths are not those of the data
   */
  static JdbcXid of(long formatId, long globalSize, long qualifierSize, byte[] data)
      throws XAException {
    if (globalSize < 0
        || globalSize > MAXGTRIDSIZE
        || qualifierSize < 0
        || qualifierSize > MAXBQUALSIZE
        || globalSize + qualifierSize != data.length) {
      throw XaErrors.of(
          XAException.XAER_RMERR,
          "an xid of "
              + data.length
              + " bytes where "
              + globalSize
              + " and "
              + qualifierSize
              + " were told");
    }
    return new JdbcXid(
        (int) formatId,
        Arrays.copyOf(data, (int) globalSize),
        Arrays.copyOfRange(data, (int) globalSize, data.length));
  }

  /** As the servers read it: {@code X'6774',X'6271',0x1}. */
  String sql() {
    HexFormat hex = HexFormat.of();
    return "X'"
        + hex.formatHex(globalId)
        + "',X'"
        + hex.formatHex(qualifier)
        + "',0x"
        + Integer.toHexString(formatId);
  }

  @Override
  public int getFormatId() {
    return formatId;
  }

  @Override
  public byte[] getGlobalTransactionId() {
    return globalId.clone();
  }

  @Override
  public byte[] getBranchQualifier() {
    return qualifier.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JdbcXid xid
        && formatId == xid.formatId
        && Arrays.equals(globalId, xid.globalId)
        && Arrays.equals(qualifier, xid.qualifier);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * formatId + Arrays.hashCode(globalId)) + Arrays.hashCode(qualifier);
  }

  @Override
  public String toString() {
    return sql();
  }
}
