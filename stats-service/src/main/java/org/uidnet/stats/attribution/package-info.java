/**
 * Whose traffic it really was: that of tunnels belongs to the apps behind them, and translated
 * packets were longer on the wire. Pure functions over what was counted since the last snapshot.
 *
 * <pre>
 *  counted            app on tun0: 1000      VPN app on wlan0: 1100
 *  attributed         app on tun0: 1000      app on wlan0: 1000, VPN app on wlan0: 100
 * </pre>
 *
 * What is on a tunnel's interface stays there, so who adds up interfaces leaves tunnels out.
 */
@NullMarked
package org.uidnet.stats.attribution;

import org.jspecify.annotations.NullMarked;
