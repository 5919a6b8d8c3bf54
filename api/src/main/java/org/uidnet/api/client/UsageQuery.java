package org.uidnet.api.client;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The parameters of a question, as the HTTP interface spells them. The server checks them, so that
 * there is one place that does and one wording of what is wrong.
 */
public record UsageQuery(Map<String, String> parameters) {
  public static final UsageQuery NONE = new UsageQuery(Map.of());

  public UsageQuery {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /** RFC 3339, epoch milliseconds, {@code now} or {@code -7d}. */
  public UsageQuery from(String time) {
    return with("from", time);
  }

  public UsageQuery to(String time) {
    return with("to", time);
  }

  /** A list such as {@code uid,iface}. */
  public UsageQuery by(String dimensions) {
    return with("by", dimensions);
  }

  /** A list of numbers, ranges, {@code self} and {@code removed}. */
  public UsageQuery uid(String uids) {
    return with("uid", uids);
  }

  public UsageQuery set(String counterSet) {
    return with("set", counterSet);
  }

  /** A number, also as {@code 0xf00d}; 0: totals, of which tagged traffic is part. */
  public UsageQuery tag(String tag) {
    return with("tag", tag);
  }

  public UsageQuery tag(long tag) {
    return tag(Long.toString(tag));
  }

  public UsageQuery iface(String name) {
    return with("iface", name);
  }

  /** Types of networks, a list such as {@code wifi,ethernet}. */
  public UsageQuery type(String types) {
    return with("type", types);
  }

  /** The name of a network; {@code *} stands for any text. */
  public UsageQuery network(String name) {
    return with("network", name);
  }

  public UsageQuery metered(boolean metered) {
    return with("metered", String.valueOf(metered));
  }

  /** {@code 5m}, {@code 1h}, {@code 1d} or {@code 1mo}. */
  public UsageQuery resolution(String resolution) {
    return with("resolution", resolution);
  }

  /** Of exports: {@code csv} or {@code jsonl}. */
  public UsageQuery format(String format) {
    return with("format", format);
  }

  /** One of so many packets. */
  public UsageQuery every(int packets) {
    return with("every", String.valueOf(packets));
  }

  /** {@code ingress} or {@code egress}. */
  public UsageQuery direction(String direction) {
    return with("direction", direction);
  }

  /** Only packets that were dropped, or only others. */
  public UsageQuery dropped(boolean dropped) {
    return with("dropped", String.valueOf(dropped));
  }

  public UsageQuery limit(int rows) {
    return with("limit", String.valueOf(rows));
  }

  public UsageQuery cursor(String cursor) {
    return with("cursor", cursor);
  }

  /** The same with a parameter, whatever its name is. */
  public UsageQuery with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(parameters);
    more.put(name, value);
    return new UsageQuery(more);
  }
}
