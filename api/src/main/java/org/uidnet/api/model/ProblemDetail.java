package org.uidnet.api.model;

import java.util.Optional;

/**
 * An error as RFC 9457 writes it.
 *
 * @param type where the daemon explains problems of this kind, such as {@code /problems/read-only}
 * @param title what kind of problem it is, in a few words
 * @param field the request's field or parameter at fault
 * @param errno name of Android's or the kernel's error, such as {@code EINVAL}
 */
public record ProblemDetail(
    String type,
    String title,
    int status,
    String detail,
    Optional<String> field,
    Optional<String> errno) {}
