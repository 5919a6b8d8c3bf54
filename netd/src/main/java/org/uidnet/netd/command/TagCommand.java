package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.model.TaggedSocket;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "tag",
    mixinStandardHelpOptions = true,
    header = "Tags of sockets: what their traffic is counted under.",
    description = {
      "",
      "A tag parts a socket's traffic from the rest of its UID, and may charge it to another UID; the"
          + " firewall goes on judging the owner. It goes with the socket. Everybody may tag their own"
          + " sockets; charging others needs a permission. See it with: uidnet usage --by uid,tag",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  uidnet tag set --pid 4711 --fd 7 --tag 0xF00D",
      "  uidnet tag set --pid 4711 --protocol tcp --local 192.0.2.1:40001 --remote 192.0.2.9:443 --tag 7",
      "  uidnet tag set --pid 4711 --fd 7 --tag 0xF00D --charge alice",
      "  uidnet tag clear --pid 4711 --fd 7"
    })
final class TagCommand {
  private final Context context;
  private final UidWords uids;

  TagCommand(Context context) {
    this.context = context;
    uids = new UidWords(context);
  }

  @Command(
      name = "set",
      mixinStandardHelpOptions = true,
      header = "Give a socket a tag, or another one.",
      footer = {"", "Examples:", "  uidnet tag set --pid 4711 --fd 7 --tag 0xF00D"})
  int set(
      @Mixin DaemonOption daemonOption,
      @Mixin SocketOptions socket,
      @Option(
              names = "--tag",
              paramLabel = "TAG",
              converter = TagNumber.class,
              description = "0xF00D, or 0 to 4294967295.")
          Optional<Long> tag,
      @Option(
              names = "--charge",
              paramLabel = "UID|NAME",
              description = "Whose traffic it shall be. Default: the owner's.")
          Optional<String> charge,
      @Option(names = "--json", description = "Print the daemon's answer as JSON.") boolean json)
      throws IOException {
    var request = socket.request(tag, charge.map(uids::uid));
    return make(daemonOption, ApiRequest.tag(request), json, answer -> tagged(socket, answer));
  }

  @Command(
      name = "clear",
      mixinStandardHelpOptions = true,
      header = "Take the tag off a socket.",
      footer = {"", "Examples:", "  uidnet tag clear --pid 4711 --fd 7"})
  int clear(
      @Mixin DaemonOption daemonOption,
      @Mixin SocketOptions socket,
      @Option(names = "--strict", description = "Fail if it has none.") boolean strict,
      @Option(names = "--json", description = "Print the daemon's answer as JSON.") boolean json)
      throws IOException {
    var request = socket.request(Optional.empty(), Optional.empty());
    return make(
        daemonOption, ApiRequest.untag(request, strict), json, answer -> cleared(socket, answer));
  }

  private interface Sentence {
    String of(JsonNode answer);
  }

  private int make(
      DaemonOption daemonOption, ApiRequest<TaggedSocket> request, boolean json, Sentence sentence)
      throws IOException {
    DaemonClient daemon = daemonOption.daemon(context);
    JsonNode answer = daemon.ask(request);
    context.out().println(json ? JsonOutput.pretty(answer) : sentence.of(answer));
    context.out().flush();
    daemon.noteHealth();
    return ExitCode.OK;
  }

  private String tagged(SocketOptions socket, JsonNode answer) {
    return "%s is tagged 0x%x and charged to %s%s"
        .formatted(
            socket.words(),
            answer.path("tag").asLong(),
            uids.named(answer.path("chargeUid").asLong()),
            isChanged(answer) ? "" : ", as before");
  }

  private static String cleared(SocketOptions socket, JsonNode answer) {
    return socket.words() + (isChanged(answer) ? " has no tag any more" : " had no tag");
  }

  private static boolean isChanged(JsonNode answer) {
    return answer.path("changed").asBoolean();
  }
}
