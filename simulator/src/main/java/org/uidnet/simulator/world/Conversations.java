package org.uidnet.simulator.world;

import java.util.SplittableRandom;
import org.uidnet.simulator.kernel.Socket;
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
    SplittableRandom own = random.split();
    Sockets sockets =
        new Sockets(host, net, user.spec().uid(), activity.exchange(), own.nextBoolean());
    sockets.first().ifPresent(first -> begin(user, activity, sockets, first, own));
  }

  private void begin(
      User user, Activity activity, Sockets sockets, Socket first, SplittableRandom random) {
    Running running = new Running(user, activity, sockets, first, random);
    if (activity.foreground()) {
      user.enterForeground(sockets.host().kernel().datapath());
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

    Running(User user, Activity activity, Sockets sockets, Socket first, SplittableRandom random) {
      host = sockets.host();
      net = sockets.net();
      this.user = user;
      this.activity = activity;
      link = new Link(host, net, activity.onInterface(), first, random);
      if (activity.onInterface().filter("lo"::equals).isPresent()) {
        sockets.another().ifPresent(link::endsAt);
      }
      conversation = sockets.conversation(link, random);
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
