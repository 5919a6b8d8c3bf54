package org.uidnet.api;

import java.util.Map;

/** Who may use a route. */
enum Access {
  /** Everybody, known or not: files without secrets, and what takes a secret in its body. */
  PUBLIC {
    @Override
    boolean admitsNobody(Caller.Transport transport) {
      return true;
    }
  },

  /** Everybody on the unix socket, known or not; over TCP whoever is identified. */
  OPEN_ON_SOCKET {
    @Override
    boolean admitsNobody(Caller.Transport transport) {
      return transport == Caller.Transport.UNIX;
    }
  },

  /** Who may see all, and any UID that asks for its own usage with the parameter {@code uid}. */
  ANY_UID_OWN {
    @Override
    void check(Call call) {
      Caller caller = call.caller();
      if (!caller.seesAll() && !UidSelection.of(call.query(), caller).isOnly(caller.uid())) {
        throw Refusal.of(
            ProblemType.OWN_ONLY,
            "UID %d may see its own usage only: add uid=self."
                .formatted(caller.uid().orElseThrow()));
      }
    }
  },

  /** Who may see all, and the UID in the path, for questions about nobody else. */
  OWN_UID_IN_PATH {
    @Override
    void check(Call call) {
      Caller caller = call.caller();
      if (!caller.seesAll() && !isAboutOnly(caller.uid().orElseThrow(), call)) {
        throw Refusal.of(
            ProblemType.OWN_ONLY,
            "UID %d may ask about itself only: write self in the place of the UID."
                .formatted(caller.uid().orElseThrow()));
      }
    }

    private boolean isAboutOnly(long uid, Call call) {
      return UidParameter.of(call) == uid
          && call.query().one("owner").map(owner -> owner.equals(Long.toString(uid))).orElse(true);
    }
  },

  /** Whoever is identified; the route's own code looks at whose things are meant. */
  ANY_UID,

  /** The same where something is changed. */
  ANY_UID_CHANGES {
    @Override
    void check(Call call) {
      if (call.caller().role() == Caller.Role.READ) {
        throw Refusal.of(ProblemType.READ_ONLY, READ_ONLY);
      }
    }
  },

  /** Whoever the kernel names. */
  ANY_UID_ON_SOCKET {
    @Override
    void check(Call call) {
      requireSocket(call, "as the user whose page it shall be");
    }
  },

  /** Who may see what is about everybody. */
  SEES_ALL {
    @Override
    void check(Call call) {
      if (!call.caller().seesAll()) {
        throw Refusal.of(
            ProblemType.ADMINS_ONLY,
            "This is about all users; root and the configured admins may see it. Your own is at"
                + " /v1/usage/summary?uid=self and /v1/firewall/uids/self/verdict.");
      }
    }
  },

  /** Who may change things, on this host. */
  ADMIN_ON_SOCKET {
    @Override
    void check(Call call) {
      ADMIN.check(call);
      requireSocket(call, "as root, or as a configured admin");
    }
  },

  /** Who may change things. */
  ADMIN {
    @Override
    void check(Call call) {
      ANY_UID_CHANGES.check(call);
      if (call.caller().role() != Caller.Role.ADMIN) {
        throw Refusal.of(
            ProblemType.ADMINS_ONLY,
            "Only root and the configured admins may do this. What you may see is at"
                + " /v1/usage/summary?uid=self.");
      }
    }
  };

  private static final String READ_ONLY =
      "This token or session sees everything and changes nothing; what changes something takes the"
          + " admin token, an admin's session, or the unix socket.";
  private static final String UNKNOWN_PEER =
      "The kernel names no user for this connection, or the overflow UID 65534; call as a user"
          + " that the daemon's user namespace knows.";
  private static final String NO_TOKEN =
      "Send 'Authorization: Bearer' with the content of admin.token or another token, open the page"
          + " by uidnet open, or use the unix socket.";

  /** Whether callers without identity pass. */
  boolean admitsNobody(Caller.Transport transport) {
    return false;
  }

  /** Refuses identified callers that may not; called before the route's own code. */
  void check(Call call) {}

  private static void requireSocket(Call call, String how) {
    if (call.caller().transport() != Caller.Transport.UNIX) {
      throw Refusal.of(
          ProblemType.SOCKET_ONLY, "This is taken over the unix socket only: call " + how + ".");
    }
  }

  static Refusal unidentified(Caller.Transport transport) {
    return transport == Caller.Transport.UNIX
        ? Refusal.of(ProblemType.NO_IDENTITY, UNKNOWN_PEER)
        : Refusal.of(ProblemType.NO_TOKEN, NO_TOKEN, Map.of("WWW-Authenticate", "Bearer"));
  }
}
