package org.uidnet.api;

import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.uidnet.api.model.UsageBucket;
import org.uidnet.api.model.UsageRow;

/**
 * Names of users, interfaces and networks in CSV: whoever may choose one must neither end a line
 * nor make a formula of a cell. Spreadsheets take what begins with an apostrophe for text (OWASP,
 * CSV injection).
 */
public final class CsvText {
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]");
  private static final String NO_CHARACTER = "\ufffd";
  private static final String TEXT = "'";

  /** The apostrophe too, so that one can always be taken off again. */
  private static final String BEGINS_FORMULA = "=+-@'";

  private CsvText() {}

  static UsageBucket guard(UsageBucket bucket) {
    return withNames(bucket, CsvText::guard);
  }

  static UsageBucket unguard(UsageBucket bucket) {
    return withNames(bucket, CsvText::unguard);
  }

  /** A name as a cell. */
  public static String guard(String text) {
    String plain = CONTROL.matcher(text).replaceAll(NO_CHARACTER);
    return !plain.isEmpty() && BEGINS_FORMULA.indexOf(plain.charAt(0)) >= 0 ? TEXT + plain : plain;
  }

  private static String unguard(String cell) {
    return cell.startsWith(TEXT) ? cell.substring(TEXT.length()) : cell;
  }

  private static UsageBucket withNames(UsageBucket bucket, UnaryOperator<String> change) {
    UsageRow row = bucket.row();
    return new UsageBucket(
        bucket.start(),
        bucket.end(),
        new UsageRow(
            row.kind(),
            row.uid(),
            row.name().map(change),
            row.set(),
            row.tag(),
            row.iface().map(change),
            row.network().map(change),
            row.type(),
            row.metered(),
            row.roaming(),
            row.defaultNetwork(),
            row.netns(),
            row.day(),
            row.inner(),
            row.traffic(),
            row.operations()));
  }
}
