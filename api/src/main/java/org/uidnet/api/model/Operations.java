package org.uidnet.api.model;

import java.util.Optional;

/**
 * What an app says that it did: {@code POST /v1/uids/{uid}/operations}.
 *
 * @param tag 1 to 4294967295
 * @param count from 0 on
 */
public record Operations(Optional<Long> tag, Optional<Integer> count) {}
