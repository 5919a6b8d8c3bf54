package org.uidnet.simulator.kernel;

/**
 * A network namespace.
 *
 * @param cookie names it for as long as the kernel runs; never 0
 * @param owner whose UIDs its sockets show
 */
public record NetworkNamespace(long cookie, UserNamespace owner) {}
