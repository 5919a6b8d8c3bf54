package org.uidnet.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uidnet.api.SocketTags.Asker;
import org.uidnet.api.model.Json;
import org.uidnet.api.model.TagLine;
import org.uidnet.api.model.TaggedSocket;
import org.uidnet.programs.ErrnoException;
import org.uidnet.programs.SocketName;

/**
 * What is said on {@code tag.sock}: a line of JSON with each socket that is passed, and a line
 * back, which is the same as over HTTP. Thread-safe.
 */
public final class TagLines {
  private static final Logger LOG = LoggerFactory.getLogger(TagLines.class);

  private final SocketTags tags;
  private final Set<Long> admins;

  /**
   * @param admins UIDs that may tag anybody's sockets, besides 0
   */
  public TagLines(SocketTags tags, Set<Long> admins) {
    this.tags = tags;
    this.admins = Set.copyOf(admins);
  }

  /**
   * Does what a line asks for.
   *
   * @param peer who sent it; empty if that cannot be told
   * @param passed the socket, as a descriptor of this process; empty: none came
   * @return one line
   */
  public String answer(OptionalLong peer, OptionalInt passed, String line) {
    try {
      return render(change(asker(peer), passed, line));
    } catch (Refusal e) {
      return render(e.problem());
    } catch (ErrnoException e) {
      return render(TagProblems.of(e).problem());
    } catch (RuntimeException e) {
      LOG.error("a line on tag.sock could not be answered", e);
      return render(ProblemErrorHandler.internal().problem());
    }
  }

  /** The answer to what is no request; one line. */
  public String refusal(String errno, String detail) {
    return render(TagProblems.of(new ErrnoException(errno, detail)).problem());
  }

  private Asker asker(OptionalLong peer) {
    if (!Gate.isIdentity(peer)) {
      throw Access.unidentified(Caller.Transport.UNIX);
    }
    return new Asker(peer.getAsLong(), Gate.isAdmin(peer.getAsLong(), admins));
  }

  private TaggedSocket change(Asker asker, OptionalInt passed, String line) {
    TagLine request = Body.parse(line.getBytes(StandardCharsets.UTF_8), TagLine.class);
    SocketName socket =
        new SocketName.Passed(
            passed.orElseThrow(
                () -> new ErrnoException("EBADF", "No descriptor came with the line.")));
    if (!request.clear().orElse(false)) {
      return tags.tag(asker, socket, TagParameters.tag(request.tag(), request.chargeUid()));
    }
    if (request.tag().or(request::chargeUid).isPresent()) {
      throw Refusal.of(
          ProblemType.INVALID_BODY, "Give 'clear', or 'tag' and 'chargeUid'; not both.");
    }
    return tags.untag(asker, socket);
  }

  private static String render(Object answer) {
    try {
      return Json.LENIENT.writeValueAsString(answer);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no JSON for " + answer.getClass(), e);
    }
  }
}
