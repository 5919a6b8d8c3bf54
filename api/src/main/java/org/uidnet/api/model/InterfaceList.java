package org.uidnet.api.model;

import java.util.List;

/** Interfaces that something is said of: {@code GET /v1/interfaces}. */
public record InterfaceList(List<InterfaceDocument> interfaces) {
  public InterfaceList {
    interfaces = List.copyOf(interfaces);
  }
}
