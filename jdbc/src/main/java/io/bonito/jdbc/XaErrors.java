package io.bonito.jdbc;

import java.sql.SQLException;
import javax.transaction.xa.XAException;

/** Servers' errors as transaction managers know them; the server's own is the cause. */
final class XaErrors {
  private static final int NOT_A_BRANCH = 1397;
  private static final int DEADLOCK = 1213;

  private XaErrors() {}

  static XAException of(int code, String message) {
    XAException exception = new XAException(message);
    exception.errorCode = code;
    return exception;
  }

  /**
   * @param otherwise what errors are that are none of XA's
   */
  static XAException of(SQLException failure, int otherwise) {
    XAException exception = of(code(failure, otherwise), String.valueOf(failure.getMessage()));
    exception.initCause(failure);
    return exception;
  }

  private static int code(SQLException failure, int otherwise) {
    String state = String.valueOf(failure.getSQLState());
    if (state.startsWith("08")) {
      return XAException.XAER_RMFAIL;
    }
    return switch (failure.getErrorCode()) {
      case NOT_A_BRANCH -> XAException.XAER_NOTA;
      case 1398 -> XAException.XAER_INVAL;
      // Newer MariaDB refuses to end what can only be rolled back, and says nothing of why.
      case 1399 ->
          String.valueOf(failure.getMessage()).contains("ROLLBACK ONLY")
              ? XAException.XA_RBROLLBACK
              : XAException.XAER_RMFAIL;
      case 1400 -> XAException.XAER_OUTSIDE;
      case 1401 -> XAException.XAER_RMERR;
      case 1402 -> XAException.XA_RBROLLBACK;
      case 1440 -> XAException.XAER_DUPID;
      case 1613 -> XAException.XA_RBTIMEOUT;
      case 1614, DEADLOCK -> XAException.XA_RBDEADLOCK;
      default -> otherwise;
    };
  }

  static boolean isUnknownBranch(SQLException failure) {
    return failure.getErrorCode() == NOT_A_BRANCH;
  }

  /** Whether the branch has been rolled back, or can only be. */
  static boolean isRollback(XAException exception) {
    return exception.errorCode >= XAException.XA_RBBASE
        && exception.errorCode <= XAException.XA_RBEND;
  }
}
