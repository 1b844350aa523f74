package io.bonito.pool.jdbc;

import io.bonito.pool.lending.OpenFailure;
import java.sql.SQLException;
import java.util.Set;

/** Says what an error means for a connection and for the pool. An application may have its own. */
public interface ErrorJudge {
  /** What happens to the connection. */
  enum Verdict {
    /** It goes on. */
    KEEP,
    /** It is closed when it comes back. */
    EVICT,
    /**
     * So are all others that the pool has now: their server no longer does what it did. For half a
     * minute after that, this is {@link #EVICT} for those that were opened since.
     */
    EVICT_ALL
  }

  /** An error while a connection was used. */
  Verdict judge(SQLException error);

  /** An error while one was opened. */
  OpenFailure judgeOpening(Throwable error);

  /** By SQLState, and by the numbers that MySQL and MariaDB have for it. */
  ErrorJudge STANDARD = new Standard();

  /** {@link #STANDARD}. */
  final class Standard implements ErrorJudge {
    /** 1927, 2006, 2013, 2014, 2045, 2055, 4031: the connection was killed, lost or timed out. */
    private static final Set<Integer> LOST = Set.of(1927, 2006, 2013, 2014, 2045, 2055, 4031);

    /** 1290, 1792, 1836: the server has become read-only. 1290 says so in its text only. */
    private static final Set<Integer> READ_ONLY = Set.of(1792, 1836);

    private static final int OPTION_PREVENTS = 1290;

    /** 1040, 1203, 1226: the server, or the account, has as many connections as it may. */
    private static final Set<Integer> CAPACITY = Set.of(1040, 1203, 1226);

    /** Name or password wrong, no such schema, no such host allowed. */
    private static final Set<Integer> PERMANENT = Set.of(1044, 1045, 1049, 1130, 1251, 1698, 1862);

    private Standard() {}

    @Override
    public Verdict judge(SQLException error) {
      for (SQLException e = error; e != null; e = e.getNextException()) {
        if (isReadOnly(e)) {
          return Verdict.EVICT_ALL;
        }
        String state = e.getSQLState();
        if ((state != null && state.startsWith("08")) || LOST.contains(e.getErrorCode())) {
          return Verdict.EVICT;
        }
      }
      return Verdict.KEEP;
    }

    private static boolean isReadOnly(SQLException e) {
      return READ_ONLY.contains(e.getErrorCode())
          || (e.getErrorCode() == OPTION_PREVENTS
              && String.valueOf(e.getMessage()).contains("read-only"));
    }

    @Override
    public OpenFailure judgeOpening(Throwable error) {
      if (error instanceof RuntimeException || error instanceof LinkageError) {
        return OpenFailure.PERMANENT;
      }
      // What is below an SQLException is the driver's own affair: Connector/J has a
      // RuntimeException
      // there for each host that does not answer.
      for (Throwable e = error; e != null; e = e.getCause()) {
        if (e instanceof SQLException sql) {
          if (CAPACITY.contains(sql.getErrorCode())) {
            return OpenFailure.CAPACITY;
          }
          String state = String.valueOf(sql.getSQLState());
          if (PERMANENT.contains(sql.getErrorCode())
              || state.startsWith("28")
              || state.startsWith("3D")) {
            return OpenFailure.PERMANENT;
          }
        }
      }
      return OpenFailure.UNREACHABLE;
    }
  }
}
