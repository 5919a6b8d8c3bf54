package org.uidnet.api.client;

/**
 * Tags that Android gives a meaning to ({@code TrafficStats}). A program's own tags are best below
 * {@link #NETWORK_STACK_FIRST}; the daemon refuses none of these.
 */
public final class ReservedTags {
  /** First of those that Android's network stack uses for its own traffic. */
  public static final long NETWORK_STACK_FIRST = 0xffff_fd00L;

  public static final long NETWORK_STACK_LAST = 0xffff_feffL;

  /** First of those for services of the system that use the network on behalf of an app. */
  public static final long SYSTEM_IMPERSONATION_FIRST = 0xffff_ff00L;

  public static final long SYSTEM_IMPERSONATION_LAST = 0xffff_ff0fL;

  /** First of those for the network stack where it acts on behalf of an app. */
  public static final long NETWORK_STACK_IMPERSONATION_FIRST = 0xffff_ff80L;

  public static final long NETWORK_STACK_IMPERSONATION_LAST = 0xffff_ff8fL;

  /** Downloads that a download service makes for an app. */
  public static final long DOWNLOAD = 0xffff_ff01L;

  /** Media that a player service streams for an app. */
  public static final long MEDIA = 0xffff_ff02L;

  /** Backups of an app's data. */
  public static final long BACKUP = 0xffff_ff03L;

  /** Restoring an app's data. */
  public static final long RESTORE = 0xffff_ff04L;

  /** Code that a store downloads for an app, such as its updates. */
  public static final long APP = 0xffff_ff05L;

  /** Probes whether a network works. */
  public static final long PROBE = 0xffff_ff42L;

  /** Questions to name servers, asked on behalf of an app. */
  public static final long DNS = 0xffff_ff82L;

  private ReservedTags() {}
}
