package org.uidnet.api.model;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** An interface and what is said of it: {@code GET /v1/interfaces/{iface}}. */
public record InterfaceDocument(String iface, @JsonUnwrapped InterfaceFacts facts) {}
