package org.uidnet.api;

import java.util.Optional;
import java.util.function.Function;
import org.uidnet.api.Feed.Item;
import org.uidnet.api.model.Gap;

/** What one client gets to see of a feed. */
final class FeedSource<T> implements StreamSource {
  private final Feed<T> feed;
  private final EventIds ids;
  private final Function<Item<T>, Optional<StreamEvent>> view;

  /**
   * A view of the feed.
   *
   * @param view what an event looks like; empty: the client does not see it
   */
  FeedSource(Feed<T> feed, EventIds ids, Function<Item<T>, Optional<StreamEvent>> view) {
    this.feed = feed;
    this.ids = ids;
    this.view = view;
  }

  @Override
  public Runnable begin(EventStream to, Optional<String> lastEventId) {
    Listening listening = new Listening(to);
    feed.subscribe(listening, lastEventId.map(ids::number));
    return () -> feed.unsubscribe(listening);
  }

  private final class Listening implements Feed.Subscriber<T> {
    private final EventStream to;

    Listening(EventStream to) {
      this.to = to;
    }

    @Override
    public void event(Item<T> item) {
      view.apply(item).ifPresent(to::send);
    }

    @Override
    public void gap() {
      to.send(Gap.notKept());
    }
  }
}
