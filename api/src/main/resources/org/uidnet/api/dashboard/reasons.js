/** What blocked reasons mean, in words. */

const WORDS = {
  BATTERY_SAVER: 'battery saver',
  DOZE: 'the device dozes',
  APP_STANDBY: 'app standby',
  RESTRICTED_MODE: 'restricted mode',
  LOCKDOWN_VPN: 'VPN only',
  LOW_POWER_STANDBY: 'low-power standby',
  APP_BACKGROUND: 'in the background',
  OEM_DENY: 'vendor rule',
  METERED_DATA_SAVER: 'data saver',
  METERED_USER_RESTRICTED: 'restricted by user',
  METERED_ADMIN_DISABLED: 'disabled by admin',
  NO_INTERNET_PERMISSION: 'no internet permission',
  QUOTA_EXCEEDED: 'quota used up',
  INTERFACE_RULE: 'interface rule',
  INGRESS_DISCARD: 'address of a VPN',
  LOCAL_NETWORK: 'local network',
};

/** `CUSTOM:night` is the chain `night`. */
export function reasonWords(reason) {
  return WORDS[reason] ?? reason.replace(/^CUSTOM:/, 'chain ');
}

/** How a UID stands: a class for its colour and a text. */
export function standing(uid) {
  if (uid === undefined) {
    return { level: 'none', text: '' };
  }
  if (uid.blocked) {
    return { level: 'bad', text: `Blocked · ${reasonWords(uid.reasons[0])}` };
  }
  if (uid.meteredReasons.length > 0) {
    return { level: 'warn', text: `Not on metered · ${reasonWords(uid.meteredReasons[0])}` };
  }
  return { level: 'good', text: 'Allowed' };
}
