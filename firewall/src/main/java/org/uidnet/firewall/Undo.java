package org.uidnet.firewall;

/**
 * How to undo a change that is not confirmed.
 *
 * @param id number of the change in the audit log
 * @param part chain or document
 * @param earlier what it was, as text; empty: there was no such chain
 */
record Undo(long id, Part part, String earlier, Expiry expiry) {
  /** The same, which brings nothing of the UID back. */
  Undo withoutUid(long uid) {
    return new Undo(id, part, part.withoutUid(earlier, uid), expiry);
  }

  Pending pending(Moment now) {
    return new Pending(Long.toString(id), part.toString(), expiry.about(now).orElseGet(now::wall));
  }
}
