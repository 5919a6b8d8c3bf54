package org.uidnet.api;

import java.util.Locale;
import org.eclipse.jetty.http.HttpStatus;

/**
 * The kinds of problems that are answered. Each has a section of its name in
 * docs/troubleshooting.md, which its URI leads to.
 */
enum ProblemType {
  INVALID_REQUEST(HttpStatus.BAD_REQUEST_400, "No valid request"),
  INVALID_FIELD(HttpStatus.BAD_REQUEST_400, "A field or parameter is wrong"),
  INVALID_BODY(HttpStatus.BAD_REQUEST_400, "The body cannot be read"),
  INVALID_RULES(HttpStatus.BAD_REQUEST_400, "Mistakes in the rules"),
  INVALID_CHANGE(HttpStatus.BAD_REQUEST_400, "A change that cannot be"),
  INVALID_FILE(HttpStatus.BAD_REQUEST_400, "A file that cannot be imported"),
  UNKNOWN_INTERFACE(HttpStatus.BAD_REQUEST_400, "No such interface"),
  NOT_TAGGABLE(HttpStatus.BAD_REQUEST_400, "A socket that takes no tag"),
  NO_IDENTITY(HttpStatus.UNAUTHORIZED_401, "A caller without a UID"),
  NO_TOKEN(HttpStatus.UNAUTHORIZED_401, "No token"),
  WRONG_TOKEN(HttpStatus.UNAUTHORIZED_401, "A token that is not valid"),
  WRONG_CODE(HttpStatus.UNAUTHORIZED_401, "A code that is not valid"),
  OWN_ONLY(HttpStatus.FORBIDDEN_403, "About somebody else"),
  ADMINS_ONLY(HttpStatus.FORBIDDEN_403, "For root and admins only"),
  READ_ONLY(HttpStatus.FORBIDDEN_403, "Read-only access"),
  SOCKET_ONLY(HttpStatus.FORBIDDEN_403, "Over the unix socket only"),
  FOREIGN_ORIGIN(HttpStatus.FORBIDDEN_403, "A page of somebody else"),
  SOCKET_NOT_YOURS(HttpStatus.FORBIDDEN_403, "A tag that the caller may not set"),
  NO_SUCH_PATH(HttpStatus.NOT_FOUND_404, "No such path"),
  NO_SUCH_CHAIN(HttpStatus.NOT_FOUND_404, "No such chain"),
  NO_SUCH_ALLOWLIST(HttpStatus.NOT_FOUND_404, "No such allowlist"),
  NO_SUCH_QUOTA(HttpStatus.NOT_FOUND_404, "No such quota"),
  NO_SUCH_ALERT(HttpStatus.NOT_FOUND_404, "No such alert"),
  NO_SUCH_UID(HttpStatus.NOT_FOUND_404, "Nothing is known of the UID"),
  NO_SUCH_CHANGE(HttpStatus.NOT_FOUND_404, "No such change"),
  NO_SUCH_SOCKET(HttpStatus.NOT_FOUND_404, "No such socket or tag"),
  NOT_LISTED(HttpStatus.NOT_FOUND_404, "Not in the list"),
  WRONG_METHOD(HttpStatus.METHOD_NOT_ALLOWED_405, "Not by this method"),
  OTHER_KIND(HttpStatus.CONFLICT_409, "A chain of another kind"),
  FIXED_CHAIN(HttpStatus.CONFLICT_409, "A chain that stays as it is"),
  NO_ROOM(HttpStatus.CONFLICT_409, "No room left"),
  NO_PAGES(HttpStatus.CONFLICT_409, "A daemon without pages"),
  TOO_MANY_TAGS(HttpStatus.CONFLICT_409, "No room for another tag"),
  AMBIGUOUS_SOCKET(HttpStatus.CONFLICT_409, "Several such sockets"),
  BODY_TOO_LONG(HttpStatus.PAYLOAD_TOO_LARGE_413, "A body that is too long"),
  WRONG_CONTENT_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE_415, "Another content type is wanted"),
  FOREIGN_HOST(HttpStatus.MISDIRECTED_REQUEST_421, "Another server's name"),
  TOO_MANY(HttpStatus.TOO_MANY_REQUESTS_429, "Too much at once"),
  INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR_500, "A fault of uidnet"),
  HISTORY_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE_503, "The history cannot be used now"),
  POLICY_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE_503, "The policy cannot be used now"),
  TAGS_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE_503, "Tags cannot be set now"),
  STOPPING(HttpStatus.SERVICE_UNAVAILABLE_503, "The daemon stops");

  /** Of a request that asks for what a type means. */
  static final String PATH = "/problems";

  private final int status;
  private final String title;

  ProblemType(int status, String title) {
    this.status = status;
    this.title = title;
  }

  int status() {
    return status;
  }

  String title() {
    return title;
  }

  /** The heading of its section, such as {@code read-only}. */
  String heading() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Relative: whichever way the daemon was reached, it explains its problems there. */
  String uri() {
    return PATH + "/" + heading();
  }
}
