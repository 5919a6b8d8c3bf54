package org.uidnet.fleet;

/** Where history is sent. One thread sends, any may close. */
interface Sink extends AutoCloseable {
  /**
   * Stores all of it, or fails; then it may be stored all the same, and is sent again.
   *
   * @throws SinkException if it is not known to be stored
   */
  void send(Shipment shipment) throws SinkException;

  /** Lets connections go, also those that are in use; the next shipment makes new ones. */
  @Override
  void close();
}
