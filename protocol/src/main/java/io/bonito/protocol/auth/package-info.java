/**
 * Proving passwords: one small class for each method, and the talk that picks between them.
 *
 * <p>Pure: bytes in, bytes out. Nothing here sends, waits, reads a clock or makes its own
 * randomness; the login and change-user exchanges carry the bytes.
 *
 * <pre>
 *   AuthConversation ──asks──▶ AuthPlugins ──finds──▶ AuthPlugin ──starts──▶ AuthMethod
 *        ▲                                                                      │
 *        └──────────────────────────── answers ◀────────────────────────────────┘
 * </pre>
 */
@NullMarked
package io.bonito.protocol.auth;

import org.jspecify.annotations.NullMarked;
