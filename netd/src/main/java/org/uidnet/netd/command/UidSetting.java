package org.uidnet.netd.command;

import org.uidnet.api.client.ApiRequest;

/** What is said of single UIDs beside chains, under the name of its command. */
enum UidSetting {
  LOCKDOWN("lockdown", "UIDs that may use VPNs only.") {
    @Override
    ApiRequest<?> set(long uid, boolean allowed) {
      return ApiRequest.lockdown(uid, !allowed);
    }
  },
  INTERFACE_RULES("interface-rules", "UIDs whose packets come in through one interface only.") {
    @Override
    ApiRequest<?> set(long uid, boolean allowed) {
      return ApiRequest.removeInterfaceRule(uid);
    }

    @Override
    boolean canDeny() {
      return false;
    }
  },
  LOCAL_NETWORK("local-network", "UIDs that may not reach local networks.") {
    @Override
    ApiRequest<?> set(long uid, boolean allowed) {
      return ApiRequest.denyLocalNetwork(uid, !allowed);
    }
  },
  INTERNET_PERMISSION("internet-permission", "UIDs that may not make sockets.") {
    @Override
    ApiRequest<?> set(long uid, boolean allowed) {
      return ApiRequest.setInternetPermission(uid, allowed);
    }
  };

  private final String command;
  private final String header;

  UidSetting(String command, String header) {
    this.command = command;
    this.header = header;
  }

  String command() {
    return command;
  }

  String header() {
    return header;
  }

  /** Whether denying needs no more than the UID. */
  boolean canDeny() {
    return true;
  }

  abstract ApiRequest<?> set(long uid, boolean allowed);
}
