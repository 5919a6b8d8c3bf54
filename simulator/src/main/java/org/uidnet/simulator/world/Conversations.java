package org.uidnet.simulator.world;

import java.util.SplittableRandom;
import org.uidnet.simulator.scenario.Activity;

/** Begins conversations and keeps them going until they end, or their host or namespace does. */
final class Conversations {
  private final Events events;

  Conversations(Events events) {
    this.events = events;
  }

  void begin(Host host, User user, Activity activity, SplittableRandom random) {
    Net net = user.spec().namespace().map(host::namespace).orElseGet(host::own);
    if (!net.isAlive()) {
      return;
    }
    Running running = new Running(host, net, user, activity, random);
    if (activity.foreground()) {
      user.enterForeground(host.kernel().datapath());
    }
    running.step();
  }

  /** One that goes on. */
  private final class Running {
    private final Host host;
    private final Net net;
    private final User user;
    private final Activity activity;
    private final Link link;
    private final Conversation conversation;

    Running(Host host, Net net, User user, Activity activity, SplittableRandom random) {
      this.host = host;
      this.net = net;
      this.user = user;
      this.activity = activity;
      SplittableRandom own = random.split();
      Sockets sockets =
          new Sockets(host, net, user.spec().uid(), activity.exchange(), own.nextBoolean());
      link = new Link(host, net, activity.onInterface(), sockets.first(), own);
      if (activity.onInterface().filter("lo"::equals).isPresent()) {
        link.endsAt(sockets.another());
      }
      conversation = sockets.conversation(link, own);
    }

    void step() {
      if (!host.isRunning()) {
        return;
      }
      long pause = net.isAlive() ? conversation.step() : Conversation.OVER;
      user.tell(host.kernel().datapath());
      if (pause == Conversation.OVER) {
        end();
      } else {
        events.awakeAt(events.now() + pause, this::step);
      }
    }

    private void end() {
      link.close();
      if (activity.foreground()) {
        user.leaveForeground(host.kernel().datapath());
      }
    }
  }
}
