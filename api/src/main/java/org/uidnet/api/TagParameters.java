package org.uidnet.api;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.uidnet.api.SocketTags.Asker;
import org.uidnet.api.SocketTags.Tag;
import org.uidnet.api.model.TagRequest;
import org.uidnet.programs.SocketName;
import org.uidnet.programs.SocketName.Transport;

/** Reads which socket is meant, and what its tag shall be. */
final class TagParameters {
  /** What removing a tag takes. */
  static final Set<String> REMOVAL = Set.of("pid", "fd", "protocol", "local", "remote", "strict");

  private static final long LAST_TAG = 0xffff_ffffL;

  private TagParameters() {}

  /** A token tells no UID; it is root's. */
  static Asker asker(Caller caller) {
    return new Asker(caller.uid().orElse(0), caller.role() == Caller.Role.ADMIN);
  }

  static Tag tag(Optional<Long> tag, Optional<Long> chargeUid) {
    if (tag.isEmpty() && chargeUid.isEmpty()) {
      throw Refusal.badField("tag", "Give 'tag', 'chargeUid' or both.");
    }
    chargeUid.ifPresent(uid -> UidParameter.check("chargeUid", uid));
    return new Tag(check(tag.orElse(0L)), chargeUid);
  }

  private static long check(long tag) {
    if (tag < 0 || tag > LAST_TAG) {
      throw Refusal.badField("tag", tag + " is no tag; tags are 0 to " + LAST_TAG + ".");
    }
    return tag;
  }

  static SocketName socket(TagRequest request) {
    int pid = atLeast(1, "pid", Fields.required("pid", request.pid()));
    if (request.fd().isPresent()) {
      refuseEnds(request);
      return new SocketName.OfProcess(pid, atLeast(0, "fd", request.fd().get()));
    }
    return new SocketName.ByEnds(
        pid,
        protocol(request.protocol()),
        Addresses.end("local", Fields.text("local", request.local())),
        request.remote().map(text -> Addresses.end("remote", text)));
  }

  /** The same in a query. */
  static SocketName socket(Query query) {
    return socket(
        new TagRequest(
            query.one("pid").map(text -> number("pid", text)),
            query.one("fd").map(text -> number("fd", text)),
            query.one("protocol"),
            query.one("local"),
            query.one("remote"),
            Optional.empty(),
            Optional.empty()));
  }

  private static void refuseEnds(TagRequest request) {
    if (request.protocol().or(request::local).or(request::remote).isPresent()) {
      throw Refusal.badField(
          "fd", "Name the socket by 'fd', or by 'protocol', 'local' and 'remote'; not by both.");
    }
  }

  private static Transport protocol(Optional<String> protocol) {
    String text =
        protocol.orElseThrow(
            () ->
                Refusal.badField(
                    "fd",
                    "Name the socket by 'fd', or by 'protocol', 'local' and, if it is connected,"
                        + " 'remote'."));
    return UsageParameters.oneOf(
        "protocol", text, Set.of(Transport.values()), TagParameters::lowerCase);
  }

  private static String lowerCase(Transport transport) {
    return transport.name().toLowerCase(Locale.ROOT);
  }

  private static int number(String field, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw Refusal.badField(field, "'" + text + "' is no number of a process or descriptor.");
    }
  }

  private static int atLeast(int least, String field, int number) {
    if (number < least) {
      throw Refusal.badField(field, "'" + field + "' is a number from " + least + " on.");
    }
    return number;
  }
}
