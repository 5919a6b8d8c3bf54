package org.uidnet.api.model;

import java.util.Optional;

/** Whether nobody has used a UID for long: {@code PUT /v1/uids/{uid}/idle}. */
public record Idle(Optional<Boolean> idle) {}
