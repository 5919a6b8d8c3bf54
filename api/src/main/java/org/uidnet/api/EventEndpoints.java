package org.uidnet.api;

import java.util.Optional;
import java.util.Set;
import org.uidnet.api.Feed.Item;

/** What happens on the host, as it happens. */
final class EventEndpoints {
  static final Set<String> EVENTS = Set.of("uid", StreamFormat.PARAMETER);

  private static final int BACKLOG = 1024;

  private final HostEvents events;
  private final Streams streams;
  private final EventIds ids;

  EventEndpoints(HostEvents events, Streams streams, EventIds ids) {
    this.events = events;
    this.streams = streams;
    this.ids = ids;
    streams.eachSecond(events::round);
  }

  Answer events(Call call) {
    UidSelection whose = UidSelection.of(call.query(), call.caller());
    if (whose.removed()) {
      throw Refusal.badField("uid", "UIDs that were removed are told of no more.");
    }
    return new StreamAnswer(
        streams, call, BACKLOG, new FeedSource<>(events.feed(), ids, item -> view(item, whose)));
  }

  private Optional<StreamEvent> view(Item<Happening> item, UidSelection whose) {
    Happening happening = item.value();
    return happening.isFor(whose)
        ? Optional.of(
            StreamEvent.of(
                happening.name(), ids.of(item.number()), () -> happening.body().apply(whose)))
        : Optional.empty();
  }
}
