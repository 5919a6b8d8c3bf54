package org.uidnet.netd.command;

import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** One {@link UidSetting}: {@code uidnet lockdown allow alice}. */
@Command(mixinStandardHelpOptions = true)
final class UidSettingCommand {
  private final UidSetting setting;
  private final Context context;

  private UidSettingCommand(UidSetting setting, Context context) {
    this.setting = setting;
    this.context = context;
  }

  static CommandLine of(UidSetting setting, Context context) {
    CommandLine line =
        new CommandLine(new UidSettingCommand(setting, context)).setCommandName(setting.command());
    if (!setting.canDeny()) {
      line.getCommandSpec().removeSubcommand("deny");
    }
    String example = "  uidnet " + setting.command();
    line.getCommandSpec().usageMessage().header(setting.header());
    footer(line, example + " allow alice");
    line.getSubcommands().forEach((name, sub) -> footer(sub, example + " " + name + " alice"));
    return line;
  }

  private static void footer(CommandLine line, String example) {
    line.getCommandSpec().usageMessage().footer("", "Examples:", example);
  }

  @Command(name = "allow", mixinStandardHelpOptions = true, header = "Lift it for a UID.")
  int allow(@Mixin ChangeOptions change, @Parameters(paramLabel = "UID|NAME") String uid)
      throws IOException {
    return set(change, uid, true);
  }

  @Command(
      name = "deny",
      mixinStandardHelpOptions = true,
      header = "Put a UID under it; its connections are ended.")
  int deny(@Mixin ChangeOptions change, @Parameters(paramLabel = "UID|NAME") String uid)
      throws IOException {
    return set(change, uid, false);
  }

  private int set(ChangeOptions change, String word, boolean allowed) throws IOException {
    UidWords uids = new UidWords(context);
    long uid = uids.uid(word);
    String now =
        "%s: %s %s".formatted(setting.command(), uids.named(uid), allowed ? "allowed" : "denied");
    return change.make(context, setting.set(uid, allowed), now, now + ", as before");
  }
}
