package io.bonito.protocol.auth;

import io.bonito.protocol.buffer.ByteReader;
import io.bonito.protocol.buffer.MalformedPacketException;
import io.bonito.protocol.buffer.RefusedDemandException;

/**
 * {@code dialog}: MariaDB's PAM plugin asks questions, each answered with text. Only towards a
 * verified peer.
 *
 * <pre>
 *   question:   kind(1) prompt      kind: 2 ordinary, 4 password; plus 1 for the last question
 *   answer:     text NUL
 * </pre>
 *
 * <p>The first question is answered with the first password, the second with the second, and so on:
 * a one-time code is given as {@code password2}.
 */
final class DialogPassword implements AuthPlugin {
  private static final int LAST_QUESTION = 1;
  private static final int ORDINARY_QUESTION = 2;
  private static final int PASSWORD_QUESTION = 4;

  @Override
  public String name() {
    return "dialog";
  }

  @Override
  public boolean revealsPassword() {
    return true;
  }

  @Override
  public boolean answersGreeting() {
    return false;
  }

  @Override
  public AuthMethod start(AuthContext context) {
    return new Method(context);
  }

  private static final class Method implements AuthMethod {
    private final AuthContext context;
    private int answers;
    private boolean lastAsked;

    Method(AuthContext context) {
      this.context = context;
    }

    @Override
    public byte[] begin(byte[] question) {
      // The server often begins without a question: it expects the password then.
      return question.length == 0 ? beginUnasked() : answer(new ByteReader().wrap(question));
    }

    @Override
    public byte[] beginUnasked() {
      // An empty answer is none to MariaDB: its first question comes afterwards.
      answers = context.password().length == 0 ? 0 : 1;
      return PasswordTransfer.nulTerminated(context.password());
    }

    @Override
    public byte[] answer(ByteReader question) {
      if (lastAsked) {
        throw new MalformedPacketException("a question after the last one");
      }
      int kind = question.readUint8();
      // The prompt itself is for people; nobody is here to read it.
      question.skip(question.remaining());
      lastAsked = (kind & LAST_QUESTION) != 0;
      int asked = kind & ~LAST_QUESTION;
      if (asked != ORDINARY_QUESTION && asked != PASSWORD_QUESTION) {
        throw new MalformedPacketException("a question of kind " + kind + "; 2 to 5 was due");
      }
      return nextAnswer();
    }

    private byte[] nextAnswer() {
      int number = context.factor() + answers;
      answers++;
      if (answers > 1 && number > context.credentials().passwordCount()) {
        throw new RefusedDemandException(
            "dialog: the server asks question "
                + answers
                + ", and password"
                + number
                + " is not set");
      }
      return PasswordTransfer.nulTerminated(context.credentials().password(number));
    }
  }
}
