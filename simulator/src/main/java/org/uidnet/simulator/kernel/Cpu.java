package org.uidnet.simulator.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;
import org.uidnet.simulator.machine.Fields;
import org.uidnet.simulator.machine.Memory;
import org.uidnet.simulator.machine.Processor;
import org.uidnet.simulator.machine.Program;
import org.uidnet.simulator.machine.Region;
import org.uidnet.simulator.machine.Trap;

/**
 * A processor, and for whom it runs a program at the moment: the contexts that a program reads are
 * windows on that. For one thread, except {@link #awaitRun}.
 */
final class Cpu {
  private static final VarHandle RUN;

  static {
    try {
      RUN = MethodHandles.lookup().findVarHandle(Cpu.class, "run", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Processor processor;
  private final Region packetContext;
  private final Region socketContext;
  private final Region callContext;
  private @Nullable Skb skb;
  private @Nullable Call call;
  private @Nullable Socket socket;

  /** Odd while a program runs. Written by the running thread, read by those who wait. */
  @SuppressWarnings("unused") // through RUN
  private volatile long run;

  Cpu(Memory memory, int number) {
    processor = new Processor(memory, number);
    packetContext = memory.add("__sk_buff", Region.Spec.fields(packetFields()));
    socketContext = memory.add("bpf_sock", Region.Spec.fields(new SocketFields(this::socket)));
    callContext = memory.add("bpf_sock_addr", Region.Spec.fields(callFields()));
  }

  private Fields packetFields() {
    return new SkbFields(this::skb, this::socketAddress);
  }

  private Fields callFields() {
    return new SockAddrFields(this::call, this::socketAddress);
  }

  /** Runs a packet program; answers its verdict. */
  long run(Program program, Skb packet) {
    begin(program, packet);
    return finish();
  }

  /** Runs a program of the socket-create hook; answers its verdict. */
  long run(Program program, Socket created) {
    skb = null;
    call = null;
    socket = created;
    enter();
    processor.start(program, socketContext.address(0));
    return finish();
  }

  /** Runs a program of the connect or bind hooks; answers its verdict. */
  long run(Program program, Call made) {
    skb = null;
    call = made;
    socket = made.socket();
    enter();
    processor.start(program, callContext.address(0));
    return finish();
  }

  /** Begins a run that is continued by {@link #step}. */
  void begin(Program program, Skb packet) {
    skb = packet;
    call = null;
    socket = packet.socket();
    enter();
    processor.start(program, packetContext.address(0));
  }

  /** Executes some more instructions; answers whether the run has ended. */
  boolean step(int instructions) {
    boolean ended = processor.step(instructions);
    if (ended) {
      leave();
    }
    return ended;
  }

  /** Runs to the end; answers the return value. */
  long finish() {
    try {
      return processor.finish();
    } finally {
      leave();
    }
  }

  private void enter() {
    RUN.getAndAdd(this, 1L); // and nothing of the run is done before
  }

  private void leave() {
    if ((run & 1) != 0) {
      RUN.setRelease(this, run + 1);
    }
  }

  /** Returns when the run under way at the call has ended. */
  void awaitRun() {
    long seen = run;
    while ((seen & 1) != 0 && run == seen) {
      Thread.onSpinWait(); // a run takes a microsecond
    }
  }

  Processor processor() {
    return processor;
  }

  Skb skb() {
    if (skb == null) {
      throw new Trap("asks for a packet where there is none");
    }
    return skb;
  }

  private Call call() {
    if (call == null) {
      throw new Trap("asks for an address where there is none");
    }
    return call;
  }

  /** Who calls; whoever makes a socket is its owner. */
  long caller() {
    return call == null ? socket().uid() : call.caller();
  }

  Socket socket() {
    if (socket == null) {
      throw new Trap("asks for a socket where there is none");
    }
    return socket;
  }

  /** What the programs know the present socket by; 0 if there is none. */
  long socketAddress() {
    return socket == null ? 0 : socketContext.address(0);
  }

  long contextAddress() {
    if (call != null) {
      return callContext.address(0);
    }
    return skb == null ? socketContext.address(0) : packetContext.address(0);
  }
}
