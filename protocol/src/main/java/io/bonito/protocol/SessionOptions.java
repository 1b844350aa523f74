package io.bonito.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bonito.protocol.auth.AuthPlugins;
import io.bonito.protocol.auth.Credentials;
import io.bonito.protocol.auth.CredentialsProvider;
import io.bonito.protocol.auth.PeerTrust;
import io.bonito.protocol.auth.PublicKeyPolicy;
import io.bonito.protocol.exchange.Login;
import io.bonito.protocol.message.Capability;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.OptionException;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.option.Peer;
import io.bonito.protocol.option.SessionZone;
import io.bonito.protocol.option.TlsMode;
import io.bonito.protocol.option.TlsOptions;
import io.bonito.protocol.value.Codecs;
import io.bonito.protocol.value.DecodingOptions;
import io.bonito.protocol.value.ZeroDates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What a session needs to know before the first byte.
 *
 * @param login who connects, and on what conditions
 * @param decoding how values are read
 * @param largestPayload bytes of one row or other payload that are taken after the login, up to
 *     2<sup>30</sup>; memory grows with what arrives, so this limits nothing but that
 * @param unansweredBytes how much may be written ahead of the answers, where commands are pipelined
 */
public record SessionOptions(
    Login login, DecodingOptions decoding, int largestPayload, int unansweredBytes) {
  public static final int DEFAULT_LARGEST_PAYLOAD = 1 << 30;
  public static final int DEFAULT_UNANSWERED_BYTES = 32 * 1024;

  public SessionOptions(Login login) {
    this(login, DecodingOptions.DEFAULT, DEFAULT_LARGEST_PAYLOAD, DEFAULT_UNANSWERED_BYTES);
  }

  /**
   * What a connection's options say to its session.
   *
   * @param peer where the channel that was opened leads
   * @param credentials of {@link #credentials}
   * @throws OptionException where an option names a key or plugin that cannot be used
   */
  public static SessionOptions of(
      ConnectionOptions options, Peer peer, Credentials credentials, RandomGenerator random) {
    Login login =
        new Login(
            credentials,
            options.database(),
            capabilities(options),
            tls(options.tlsMode(peer)),
            // A mode without TLS that was written out is no consent to send a password in clear.
            switch (peer) {
              case UNIX_SOCKET -> PeerTrust.UNIX_SOCKET;
              case LOOPBACK -> PeerTrust.LOOPBACK;
              case REMOTE -> PeerTrust.UNVERIFIED;
            },
            plugins(options),
            keys(options),
            attributes(options),
            random);
    DecodingOptions decoding =
        new DecodingOptions(
            switch (options.get(Options.ZERO_DATE_TIME_BEHAVIOR)) {
              case EXCEPTION -> ZeroDates.EXCEPTION;
              case ROUND -> ZeroDates.ROUND;
              case CONVERT_TO_NULL -> ZeroDates.NULL;
            },
            Codecs.of(options),
            // Who asks the server for its zone reads instants by it himself.
            SessionZone.isServers(options) ? ZoneOffset.UTC : SessionZone.of(options).now());
    int largestPayload = (int) Math.min(options.maxRowBytes(), DEFAULT_LARGEST_PAYLOAD);
    return new SessionOptions(login, decoding, largestPayload, DEFAULT_UNANSWERED_BYTES);
  }

  /**
   * Asks who is to connect: the provider among the options, or else the options themselves. May
   * take its time.
   */
  public static Credentials credentials(ConnectionOptions options) {
    CredentialsProvider provider = options.object(CredentialsProvider.SLOT).orElse(null);
    if (provider != null) {
      boolean local = !options.localSocket().isEmpty();
      return provider.credentialsFor(local ? "" : options.host(), local ? 0 : options.port());
    }
    return Credentials.of(
        options.user(),
        options.password().reveal(),
        options.get(Options.PASSWORD2).reveal(),
        options.get(Options.PASSWORD3).reveal());
  }

  private static long capabilities(ConnectionOptions options) {
    long capabilities = 0;
    if (!options.get(Options.USE_AFFECTED_ROWS)) {
      capabilities |= Capability.FOUND_ROWS;
    }
    if (options.get(TlsOptions.ALLOW_LOAD_LOCAL_INFILE)) {
      capabilities |= Capability.LOCAL_FILES;
    }
    if (options.get(Options.ALLOW_MULTI_QUERIES)) {
      capabilities |= Capability.MULTI_STATEMENTS;
    }
    if (options.get(Options.USE_COMPRESSION)) {
      capabilities |= Capability.COMPRESS;
    }
    if (options.get(Options.INTERACTIVE_CLIENT)) {
      capabilities |= Capability.INTERACTIVE;
    }
    if (!options.get(Options.QUERY_ATTRIBUTES).isEmpty()) {
      capabilities |= Capability.QUERY_ATTRIBUTES;
    }
    if (!options.get(Options.DISCONNECT_ON_EXPIRED_PASSWORDS)) {
      capabilities |= Capability.CAN_HANDLE_EXPIRED_PASSWORDS;
    }
    return capabilities;
  }

  private static Login.Tls tls(TlsMode mode) {
    if (!mode.usesTls()) {
      return Login.Tls.NEVER;
    }
    return mode.requiresTls() ? Login.Tls.ALWAYS : Login.Tls.IF_OFFERED;
  }

  private static AuthPlugins plugins(ConnectionOptions options) {
    AuthPlugins plugins = AuthPlugins.builtIn();
    try {
      if (!options.get(Options.RESTRICTED_AUTH).isEmpty()) {
        plugins = plugins.restrictedTo(options.get(Options.RESTRICTED_AUTH));
      }
      return plugins.without(options.get(Options.DISABLED_AUTHENTICATION_PLUGINS));
    } catch (IllegalArgumentException e) {
      throw new OptionException(Options.RESTRICTED_AUTH.name(), String.valueOf(e.getMessage()));
    }
  }

  private static PublicKeyPolicy keys(ConnectionOptions options) {
    String pinned = options.get(TlsOptions.SERVER_RSA_PUBLIC_KEY);
    if (!pinned.isEmpty()) {
      String name = TlsOptions.SERVER_RSA_PUBLIC_KEY.name();
      try {
        boolean inline = pinned.contains("-----BEGIN ");
        return PublicKeyPolicy.pinned(
            inline ? pinned : Files.readString(Path.of(pinned), US_ASCII));
      } catch (IOException | IllegalArgumentException e) {
        throw new OptionException(name, name + " holds no usable RSA key: " + e.getMessage());
      }
    }
    return options.get(TlsOptions.ALLOW_PUBLIC_KEY_RETRIEVAL)
        ? PublicKeyPolicy.retrieved()
        : PublicKeyPolicy.none();
  }

  private static Map<String, String> attributes(ConnectionOptions options) {
    Map<String, String> written = options.get(Options.CONNECTION_ATTRIBUTES);
    if (written.isEmpty() && options.isSet(Options.CONNECTION_ATTRIBUTES)) {
      return written;
    }
    return ClientAttributes.and(written);
  }
}
