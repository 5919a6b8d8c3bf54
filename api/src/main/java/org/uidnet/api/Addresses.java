package org.uidnet.api;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.uidnet.programs.Prefix;

/** Addresses in digits. No name is ever looked up: that would ask the network for a client. */
final class Addresses {
  private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern V4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
  private static final Pattern V6 = Pattern.compile("(?=.*:)[0-9a-fA-F:.]{2,45}");
  private static final Pattern PREFIX = Pattern.compile("([^/]+)/(\\d{1,3})");
  private static final Pattern END = Pattern.compile("(?:\\[(.*:.*)]|([^:]*)):(\\d{1,5})");
  private static final int LAST_PORT = 65_535;
  private static final Pattern ZEROS = Pattern.compile("(^|:)(0(:|$)){2,}");

  private Addresses() {}

  static InetAddress parse(String field, String text) {
    if (!V4.matcher(text).matches() && !V6.matcher(text).matches()) {
      throw none(field, text);
    }
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw none(field, text);
    }
  }

  /** One end of a socket. */
  static InetSocketAddress end(String field, String text) {
    Matcher matcher = END.matcher(text);
    int port = matcher.matches() ? Integer.parseInt(matcher.group(3)) : LAST_PORT + 1;
    if (port > LAST_PORT) {
      throw Refusal.badField(
          field, "'" + text + "' is no end; write 192.0.2.1:4711 or [2001:db8::1]:4711.");
    }
    String address = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    return new InetSocketAddress(parse(field, address), port);
  }

  static Prefix prefix(String field, String text) {
    Matcher matcher = PREFIX.matcher(text);
    if (!matcher.matches()) {
      throw Refusal.badField(field, "'" + text + "' is no prefix; write 10.0.0.0/8 or fc00::/7.");
    }
    try {
      return new Prefix(parse(field, matcher.group(1)), Integer.parseInt(matcher.group(2)));
    } catch (IllegalArgumentException e) {
      throw Refusal.badField(field, "'" + text + "' is no prefix: " + e.getMessage() + ".");
    }
  }

  /** IPv6 with its zeros left out. */
  static String text(InetAddress address) {
    return ZEROS.matcher(address.getHostAddress()).replaceFirst("::");
  }

  /** As {@link #end} reads it. */
  static String text(InetSocketAddress end) {
    String address = text(end.getAddress());
    return (address.contains(":") ? "[" + address + "]" : address) + ":" + end.getPort();
  }

  static String text(Prefix prefix) {
    return text(prefix.address()) + "/" + prefix.length();
  }

  private static Refusal none(String field, String text) {
    return Refusal.badField(
        field, "'" + text + "' is no address; write it in digits, 192.0.2.1 or 2001:db8::1.");
  }
}
