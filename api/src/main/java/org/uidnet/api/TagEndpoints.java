package org.uidnet.api;

import org.uidnet.api.model.TagRequest;
import org.uidnet.api.model.TaggedSocket;
import org.uidnet.programs.ErrnoException;

/** Tags of sockets that other processes have open. */
final class TagEndpoints {
  private final SocketTags tags;

  TagEndpoints(SocketTags tags) {
    this.tags = tags;
  }

  TaggedSocket tag(Call call) {
    TagRequest request = call.body().read(TagRequest.class);
    return tags.tag(
        TagParameters.asker(call.caller()),
        TagParameters.socket(request),
        TagParameters.tag(request.tag(), request.chargeUid()));
  }

  TaggedSocket untag(Call call) {
    call.body().requireNoFields();
    boolean strict = FirewallParameters.flag(call, "strict").orElse(false);
    TaggedSocket socket =
        tags.untag(TagParameters.asker(call.caller()), TagParameters.socket(call.query()));
    if (strict && !socket.changed()) {
      throw new ErrnoException("ENOENT", "The socket has no tag.");
    }
    return socket;
  }
}
