package org.uidnet.api;

import org.eclipse.jetty.http.HttpFields;

/** Headers of every answer, errors included. */
final class SecurityHeaders {
  private SecurityHeaders() {}

  static void put(HttpFields.Mutable headers) {
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Cache-Control", "no-store");
    headers.put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("Cross-Origin-Resource-Policy", "same-origin");
  }
}
